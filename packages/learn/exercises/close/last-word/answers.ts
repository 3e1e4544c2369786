import { sleep, WaitGroup } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "area">> = {
  right: {
    "in a finally, as Go defers it": {
      async area(steps, reports) {
        try {
          for (let step = 1; step <= steps; step++) await reports.send(`step ${step}`);
        } finally {
          reports.close();
        }
      },
    },
    "one routine sends, another one closes": {
      async area(steps, reports) {
        const group = new WaitGroup();
        group.go(async () => {
          for (let step = 1; step <= steps; step++) await reports.send(`step ${step}`);
        });
        await group.wait();
        reports.close();
      },
    },
  },
  wrong: {
    "after the third step, whatever the number": {
      answer: {
        async area(steps, reports) {
          for (let step = 1; step <= steps; step++) {
            await reports.send(`step ${step}`);
            if (step === 3) reports.close();
          }
        },
      },
      says: /send on closed channel; a close says that nothing follows, and something did/,
    },
    "before the last send": {
      answer: {
        async area(steps, reports) {
          for (let step = 1; step <= steps; step++) {
            if (step === steps) reports.close();
            await reports.send(`step ${step}`);
          }
        },
      },
      says: /send on closed channel; a close says/,
    },
    "in the loop": {
      answer: {
        async area(steps, reports) {
          for (let step = 1; step <= steps; step++) {
            await reports.send(`step ${step}`);
            reports.close();
          }
        },
      },
      says: /send on closed channel|close of closed channel/,
    },
    "only after a step": {
      answer: {
        async area(steps, reports) {
          for (let step = 1; step <= steps; step++) {
            await reports.send(`step ${step}`);
            if (step === steps) reports.close();
          }
        },
      },
      says: /^with 0 steps: all routines are asleep .*; the receiver waits for a report, and nobody has said that nothing follows/,
    },
    "the sends are not awaited": {
      answer: {
        async area(steps, reports) {
          const late = (): void => {};
          for (let step = 1; step <= steps; step++) reports.send(`step ${step}`).catch(late);
          reports.close();
        },
      },
      says: /with 3 steps: .*the reports that arrive: \["step 1"\]/,
    },
    "a report that says so": {
      answer: {
        async area(steps, reports) {
          for (let step = 1; step <= steps; step++) await reports.send(`step ${step}`);
          await reports.send("nothing follows");
        },
      },
      says: /asleep .*nobody has said that nothing follows/,
    },
    "closed after a second, done or not": {
      answer: {
        async area(steps, reports) {
          const sender = new WaitGroup();
          sender.go(async () => {
            for (let step = 1; step <= steps; step++) await reports.send(`step ${step}`);
          });
          await sleep(1000);
          reports.close();
        },
      },
      says: /send on closed channel; a close says/,
    },
  },
};
