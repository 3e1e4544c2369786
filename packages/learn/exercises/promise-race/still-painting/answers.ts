import { go, receiving, select, sleep, trySelect, WaitGroup } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "paintUntil">> = {
  right: {
    "trySelect before each step": {
      async paintUntil(stop, steps, paint) {
        let step = 0;
        while (step < steps && trySelect({ stop: receiving(stop) }) === undefined) await paint(++step);
        return step === steps;
      },
    },
    "a flag, and a wait for the routine that paints": {
      async paintUntil(stop, steps, paint) {
        let isStopped = stop.tryRecv() !== undefined;
        go(async () => {
          await stop.recv();
          isStopped = true;
        });
        let painted = 0;
        const group = new WaitGroup();
        group.go(async () => {
          while (painted < steps && !isStopped) await paint(++painted);
        });
        await group.wait();
        return painted === steps;
      },
    },
  },
  wrong: {
    "the race, and a flag that the loop reads": {
      answer: {
        async paintUntil(stop, steps, paint) {
          let isStopped = stop.tryRecv() !== undefined;
          const all = async (): Promise<boolean> => {
            for (let step = 1; step <= steps && !isStopped; step++) await paint(step);
            return true;
          };
          const stopped = stop.recv().then(() => {
            isStopped = true;
            return false;
          });
          return await Promise.race([stopped, all()]);
        },
      },
      says: /paintUntil returned false while a step was still being painted/,
    },
    "all steps at once": {
      answer: {
        async paintUntil(stop, steps, paint) {
          const done = new WaitGroup();
          for (let step = 1; step <= steps; step++) done.go(() => paint(step));
          await done.wait();
          return stop.tryRecv() === undefined;
        },
      },
      says: /more steps began|steps were painted, and it should be/,
    },
    "the stop is asked for once, at the start": {
      answer: {
        async paintUntil(stop, steps, paint) {
          if (stop.tryRecv() !== undefined) return false;
          for (let step = 1; step <= steps; step++) await paint(step);
          return true;
        },
      },
      says: /the stop came, and after it 2 more steps began/,
    },
    "it asks after each step": {
      answer: {
        async paintUntil(stop, steps, paint) {
          for (let step = 1; step <= steps; step++) {
            await paint(step);
            if (stop.tryRecv() !== undefined) return false;
          }
          return true;
        },
      },
      says: /the stop came, and after it 1 more step began/,
    },
    "all is painted, and the answer is the stop's": {
      answer: {
        async paintUntil(stop, steps, paint) {
          for (let step = 1; step <= steps; step++) await paint(step);
          return (await select({ stop: receiving(stop) })).ok;
        },
      },
      says: /more steps? began/,
    },
    "always done": {
      answer: {
        async paintUntil(stop, steps, paint) {
          for (let step = 1; step <= steps && stop.tryRecv() === undefined; step++) await paint(step);
          return true;
        },
      },
      says: /3 of 5 steps were painted, and paintUntil said true/,
    },
    "it paints nothing": {
      answer: {
        async paintUntil() {
          await sleep(100);
          return false;
        },
      },
      says: /0 of 5 steps were painted, and it should be 3/,
    },
  },
};
