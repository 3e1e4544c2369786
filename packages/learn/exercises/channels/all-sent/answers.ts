import { go, sleep, WaitGroup } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "deliver">> = {
  right: {
    "Promise.all: all senders stand at the chan, in their order": {
      async deliver(shirts, to) {
        await Promise.all(shirts.map((shirt) => to.send(shirt)));
      },
    },
    "a group of routines": {
      async deliver(shirts, to) {
        const group = new WaitGroup();
        for (const shirt of shirts) group.go(() => to.send(shirt));
        await group.wait();
      },
    },
    "a chain of promises": {
      async deliver(shirts, to) {
        let last = Promise.resolve();
        for (const shirt of shirts) last = last.then(() => to.send(shirt));
        await last;
      },
    },
  },
  wrong: {
    "await in front of forEach, which returns nothing": {
      answer: {
        async deliver(shirts, to) {
          await shirts.forEach(async (shirt) => {
            await to.send(shirt);
          });
        },
      },
      says: /deliver returned when [01] of 3 shirts had arrived/,
    },
    "a sleep that is long enough for three": {
      answer: {
        async deliver(shirts, to) {
          for (const shirt of shirts) go(() => to.send(shirt));
          await sleep(1000);
        },
      },
      says: /deliver returned when 0 of 1 shirts had arrived/,
    },
    "trySend, which does not wait": {
      answer: {
        async deliver(shirts, to) {
          for (const shirt of shirts) to.trySend(shirt);
        },
      },
      says: /the shirts that arrived: \[\]/,
    },
    "it waits for the first one": {
      answer: {
        async deliver(shirts, to) {
          await Promise.race(shirts.map((shirt) => to.send(shirt)));
        },
      },
      says: /deliver returned when 1 of 3/,
    },
    "it waits for the last one, and has forgotten the others": {
      answer: {
        async deliver(shirts, to) {
          await to.send(shirts.at(-1) ?? "");
        },
      },
      says: /the shirts that arrived: \["green"\]/,
    },
    "no await": {
      answer: {
        async deliver(shirts, to) {
          for (const shirt of shirts) void to.send(shirt);
        },
      },
      says: /deliver returned when [01] of 3/,
    },
  },
};
