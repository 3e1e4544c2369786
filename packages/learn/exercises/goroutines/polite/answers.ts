import { after, go, sleep, WaitGroup } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "paint">> = {
  right: {
    "it sleeps before each step": {
      async paint(steps, step) {
        for (let n = 1; n <= steps; n++) {
          await sleep(0);
          step(n);
        }
      },
    },
    "a routine for each step, one after the other": {
      async paint(steps, step) {
        for (let n = 1; n <= steps; n++) {
          const group = new WaitGroup();
          group.go(async () => {
            await sleep(1);
            step(n);
          });
          await group.wait();
        }
      },
    },
    "a timer that is a chan": {
      async paint(steps, step) {
        for (let n = 1; n <= steps; n++) {
          step(n);
          await after(1).recv();
        }
      },
    },
  },
  wrong: {
    "it awaits nothing": {
      answer: {
        async paint(steps, step) {
          for (let n = 1; n <= steps; n++) {
            step(n);
            await null;
          }
        },
      },
      says: /between step 1 and step 2 of 3 the president had no turn/,
    },
    "one pause, at the end": {
      answer: {
        async paint(steps, step) {
          for (let n = 1; n <= steps; n++) step(n);
          await sleep(1000);
        },
      },
      says: /between step 1 and step 2/,
    },
    "a pause after every second step": {
      answer: {
        async paint(steps, step) {
          for (let n = 1; n <= steps; n++) {
            step(n);
            if (n % 2 === 0) await sleep(0);
          }
        },
      },
      says: /between step 1 and step 2/,
    },
    "a pause after each of three steps": {
      answer: {
        async paint(steps, step) {
          for (let n = 1; n <= steps; n++) {
            step(n);
            if (n <= 3) await sleep(0);
          }
        },
      },
      says: /between step 4 and step 5 of 12/,
    },
    "all steps sleep side by side, and then run in a row": {
      answer: {
        async paint(steps, step) {
          const all = Array.from({ length: steps }, async (_, i) => {
            await sleep(0);
            step(i + 1);
          });
          await Promise.all(all);
        },
      },
      says: /had no turn/,
    },
    "the work goes on in a routine for which nobody waits": {
      answer: {
        async paint(steps, step) {
          go(async () => {
            for (let n = 1; n <= steps; n++) {
              step(n);
              await sleep(0);
            }
          });
        },
      },
      says: /the steps that were painted when paint returned: \[1\]/,
    },
    "the sleep is not awaited": {
      answer: {
        async paint(steps, step) {
          for (let n = 1; n <= steps; n++) {
            step(n);
            void sleep(0);
          }
        },
      },
      says: /had no turn/,
    },
  },
};
