import { after, go, receiving, select, sleep, trySelect } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "wait">> = {
  right: {
    "a ready case first, then the select": {
      async wait(answers, ms) {
        const ready = trySelect({ answer: receiving(answers) });
        if (ready?.ok) return ready.value;
        const it = await select({ late: receiving(after(ms)), answer: receiving(answers) });
        if (it.case === "late") return `no answer in ${ms} ms`;
        return it.ok ? it.value : "closed";
      },
    },
    "it looks each millisecond": {
      async wait(answers, ms) {
        for (let waited = 0; ; waited++) {
          const [answer] = answers.tryRecv() ?? [];
          if (answer !== undefined) return answer;
          if (waited === ms) return `no answer in ${ms} ms`;
          await sleep(1);
        }
      },
    },
  },
  wrong: {
    "Promise.race": {
      answer: {
        async wait(answers, ms) {
          const none = sleep(ms).then(() => undefined);
          const it = await Promise.race([answers.recv(), none]);
          return it?.[0] ?? `no answer in ${ms} ms`;
        },
      },
      says: /then it took the next answer: a recv that has lost stays in the queue/,
    },
    "always a second": {
      answer: {
        async wait(answers, ms) {
          const it = await select({ answer: receiving(answers), timeout: receiving(after(1000)) });
          return it.case === "answer" ? (it.value ?? "closed") : `no answer in ${ms} ms`;
        },
      },
      says: /no answer came within 20 ms, and after 1000 ms it returned/,
    },
    "it sleeps, and then it looks": {
      answer: {
        async wait(answers, ms) {
          await sleep(ms);
          return answers.tryRecv()?.[0] ?? `no answer in ${ms} ms`;
        },
      },
      says: /the answer came after 500 ms, and after 1000 ms it returned "painted"/,
    },
    "it looks once": {
      answer: {
        async wait(answers, ms) {
          return answers.tryRecv()?.[0] ?? `no answer in ${ms} ms`;
        },
      },
      says: /the answer came after 500 ms, and after 0 ms it returned "no answer in 1000 ms"/,
    },
    "no timeout": {
      answer: {
        async wait(answers) {
          return (await answers.recv())[0] ?? "closed";
        },
      },
      says: /asleep .*; no answer comes, and after 1000 ms it waits still/,
    },
    "the timeout is switched off": {
      answer: {
        async wait(answers, ms) {
          const it = await select({ answer: receiving(answers), timeout: ms < 0 && receiving(after(ms)) });
          return it.case === "answer" ? (it.value ?? "closed") : `no answer in ${ms} ms`;
        },
      },
      says: /it waits still/,
    },
    "a timeout of another length": {
      answer: {
        async wait(answers, ms) {
          const it = await select({ answer: receiving(answers), timeout: receiving(after(ms / 2)) });
          return it.case === "answer" ? (it.value ?? "closed") : `no answer in ${ms} ms`;
        },
      },
      says: /after 500 ms/,
    },
    "it goes on looking when it has given up": {
      answer: {
        async wait(answers, ms) {
          const it = await select({ answer: receiving(answers), timeout: receiving(after(ms)) });
          if (it.case === "answer") return it.value ?? "closed";
          go(async () => {
            while (answers.tryRecv() === undefined) await sleep(100);
          });
          return `no answer in ${ms} ms`;
        },
      },
      says: /no answer came within 1000 ms, it returned, and then it took the next answer: it has given up, and looks again/,
    },
    "it empties the chan when it has its answer": {
      answer: {
        async wait(answers, ms) {
          const it = await select({ answer: receiving(answers), timeout: receiving(after(ms)) });
          while (answers.tryRecv()?.[1]);
          return it.case === "answer" ? (it.value ?? "closed") : `no answer in ${ms} ms`;
        },
      },
      says: /the answer came after 500 ms, it returned, and then it took the next answer: it asked for one, and took two/,
    },
    "it listens only in the second half of its time": {
      answer: {
        async wait(answers, ms) {
          await sleep(ms / 2);
          const it = await select({ answer: receiving(answers), timeout: receiving(after(ms / 2)) });
          return it.case === "answer" ? (it.value ?? "closed") : `no answer in ${ms} ms`;
        },
      },
      says: /the answer came after 37 ms, and after 500 ms it returned "painted"/,
    },
    "it looks each 20 ms": {
      answer: {
        async wait(answers, ms) {
          for (let waited = 0; ; waited += 20) {
            const [answer] = answers.tryRecv() ?? [];
            if (answer !== undefined) return answer;
            if (waited >= ms) return `no answer in ${ms} ms`;
            await sleep(20);
          }
        },
      },
      says: /the answer came after 37 ms, and after 40 ms it returned "painted"/,
    },
  },
};
