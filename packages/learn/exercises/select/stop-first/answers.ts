import { go, receiving, select, sleep, trySelect } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "worker">> = {
  right: {
    "trySelect before the work, and the select ends the loop": {
      async worker(jobs, stop, paint) {
        for (;;) {
          const it = await select({ stop: receiving(stop), job: receiving(jobs) });
          if (it.case === "stop" || !it.ok) return;
          if (trySelect({ stop: receiving(stop) }) === undefined) await paint(it.value);
        }
      },
    },
    "a routine keeps a flag": {
      async worker(jobs, stop, paint) {
        let isStopped = stop.tryRecv() !== undefined;
        go(async () => {
          await stop.recv();
          isStopped = true;
        });
        while (!isStopped) {
          const it = await select({ job: receiving(jobs), stop: receiving(stop) });
          // A turn for the routine above.
          await sleep(0);
          if (!it.ok || isStopped) return;
          await paint(it.value);
        }
      },
    },
  },
  wrong: {
    "the stop is written first": {
      answer: {
        async worker(jobs, stop, paint) {
          for (;;) {
            const it = await select({ stop: receiving(stop), job: receiving(jobs) });
            if (it.case === "stop" || !it.ok) return;
            await paint(it.value);
          }
        },
      },
      says: /and the worker began job \d: a select whose cases are both ready has no order/,
    },
    "it asks before the select only": {
      answer: {
        async worker(jobs, stop, paint) {
          while (stop.tryRecv() === undefined) {
            const it = await select({ job: receiving(jobs), stop: receiving(stop) });
            if (it.case === "stop" || !it.ok) return;
            await paint(it.value);
          }
        },
      },
      says: /a job came, and the stop at the same moment, and the worker began job 1/,
    },
    "it asks after the work": {
      answer: {
        async worker(jobs, stop, paint) {
          for (;;) {
            const it = await select({ job: receiving(jobs), stop: receiving(stop) });
            if (it.case === "stop" || !it.ok) return;
            await paint(it.value);
            if (stop.tryRecv() !== undefined) return;
          }
        },
      },
      says: /began job 1/,
    },
    "it counts what is in the stop": {
      answer: {
        async worker(jobs, stop, paint) {
          for (;;) {
            const it = await select({ job: receiving(jobs), stop: receiving(stop) });
            if (it.case === "stop" || !it.ok || stop.len > 0) return;
            await paint(it.value);
          }
        },
      },
      says: /began job 1/,
    },
    "no select: it asks for the stop between two jobs": {
      answer: {
        async worker(jobs, stop, paint) {
          for await (const job of jobs) {
            if (stop.tryRecv() !== undefined) return;
            await paint(job);
          }
        },
      },
      says: /asleep .*; the worker must return when the stop is closed/,
    },
    "it waits for the stop": {
      answer: {
        async worker(_jobs, stop) {
          await stop.recv();
        },
      },
      says: /asleep|only 0 of/,
    },
    "it paints nothing": {
      answer: { async worker() {} },
      says: /only 0 of 2 were painted/,
    },
  },
};
