import { sleep } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "sum">> = {
  right: {
    "a range": {
      async sum(numbers) {
        let total = 0;
        for await (const n of numbers) total += n;
        return total;
      },
    },
    "it looks for undefined, which no sender of numbers sends": {
      async sum(numbers) {
        let total = 0;
        for (let [n] = await numbers.recv(); n !== undefined; [n] = await numbers.recv()) total += n;
        return total;
      },
    },
    "one after the other, by itself": {
      sum: async function sum(numbers): Promise<number> {
        const [n, ok] = await numbers.recv();
        return ok ? n + (await sum(numbers)) : 0;
      },
    },
  },
  wrong: {
    "greater than zero": {
      answer: {
        async sum(numbers) {
          let total = 0;
          for (let [n = 0] = await numbers.recv(); n > 0; [n = 0] = await numbers.recv()) total += n;
          return total;
        },
      },
      says: /the sum of 500, 0, 40: 500, and numbers that were not taken yet: \d/,
    },
    "three times": {
      answer: {
        async sum(numbers) {
          let total = 0;
          for (let i = 0; i < 3; i++) total += (await numbers.recv())[0] ?? 0;
          return total;
        },
      },
      says: /not taken yet: \d+\. An end is told by a close/,
    },
    "until none is there at this moment": {
      answer: {
        async sum(numbers) {
          let total = 0;
          await sleep(1);
          for (let it = numbers.tryRecv(); it?.[1]; it = numbers.tryRecv()) total += it[0];
          return total;
        },
      },
      says: /not taken yet/,
    },
    "a zero is skipped, and so is the end": {
      answer: {
        async sum(numbers) {
          for (let total = 0; ; ) {
            const [n, ok] = await numbers.recv();
            if (n) total += n;
            if (ok && n === Number.POSITIVE_INFINITY) return total;
          }
        },
      },
      says: /a loop never waits/,
    },
    "two zeros are an end": {
      answer: {
        async sum(numbers) {
          let [total, zeros] = [0, 0];
          while (zeros < 2) {
            const [n = 0] = await numbers.recv();
            zeros = n === 0 ? zeros + 1 : 0;
            total += n;
          }
          return total;
        },
      },
      says: /the sum of 0, 0, 7.* not taken yet/,
    },
    "while the buffer holds something": {
      answer: {
        async sum(numbers) {
          let total = 0;
          while (numbers.len > 0) total += (await numbers.recv())[0] ?? 0;
          return total;
        },
      },
      says: /500, 0, 40: 0, and numbers that were not taken yet: 3/,
    },
  },
};
