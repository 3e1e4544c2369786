import { go, nil, receiving, select, sleep } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "worker">> = {
  right: {
    "a switch": {
      async worker(jobs, stop, print) {
        for (;;) {
          const it = await select({ stop: receiving(stop), job: receiving(jobs) });
          switch (it.case) {
            case "stop":
              print("stops");
              return;
            case "job":
              print(`does ${it.value}`);
          }
        }
      },
    },
    "a stop that ends the receive": {
      async worker(jobs, stop, print) {
        const controller = new AbortController();
        go(async () => {
          await stop.recv();
          controller.abort("stop");
        });
        try {
          for (;;) print(`does ${(await jobs.recv({ signal: controller.signal }))[0]}`);
        } catch (reason) {
          if (reason !== "stop") throw reason;
        }
        print("stops");
      },
    },
  },
  wrong: {
    "no race at all: a job, then a job, then the stop": {
      answer: {
        async worker(jobs, stop, print) {
          for (let n = 0; n < 2; n++) print(`does ${(await jobs.recv())[0]}`);
          await stop.recv();
          print("stops");
        },
      },
      says: /the stop came, and the worker went on waiting|asleep .*; the stop came after 0 jobs/,
    },
    "no race at all: one job, one stop": {
      answer: {
        async worker(jobs, stop, print) {
          const [job] = await jobs.recv();
          print(`does ${job}`);
          await stop.recv();
          print("stops");
        },
      },
      says: /job 2 came, and the worker did not listen/,
    },
    "it asks for the stop between two jobs": {
      answer: {
        async worker(jobs, stop, print) {
          for await (const job of jobs) {
            if (stop.tryRecv() !== undefined) break;
            print(`does ${job}`);
          }
          print("stops");
        },
      },
      says: /asleep|went on waiting/,
    },
    "the loser is kept": {
      answer: {
        async worker(jobs, stop, print) {
          const stopped = stop.recv();
          let next = jobs.recv();
          for (;;) {
            const [job, ok] = await Promise.race([next, stopped]);
            if (!ok) break;
            print(`does ${job}`);
            next = jobs.recv();
          }
          print("stops");
        },
      },
      says: /one more job was taken after the stop, and nobody does it/,
    },
    "the stop is written first in the race": {
      answer: {
        async worker(jobs, stop, print) {
          for (;;) {
            const [job, ok] = await Promise.race([stop.recv(), jobs.recv()]);
            if (!ok) break;
            print(`does ${job}`);
          }
          print("stops");
        },
      },
      says: /one more job was taken after the stop/,
    },
    "a select that goes on after the stop": {
      answer: {
        async worker(jobs, stop, print) {
          for (;;) {
            const it = await select({ job: receiving(jobs), stop: receiving(stop) });
            if (it.ok) print(`does ${it.value}`);
          }
        },
      },
      says: /a loop never waits.*; the stop is closed, so it is always ready/,
    },
    "it looks every second": {
      answer: {
        async worker(jobs, stop, print) {
          while (stop.tryRecv() === undefined) {
            const it = jobs.tryRecv();
            if (it?.[1]) print(`does ${it[0]}`);
            else await sleep(1000);
          }
          print("stops");
        },
      },
      says: /job 1 came, and the worker did not listen/,
    },
    "it waits for the stop only": {
      answer: {
        async worker(_jobs, stop, print) {
          await select({ job: receiving(nil<string>()), stop: receiving(stop) });
          print("stops");
        },
      },
      says: /job 1 came, and the worker did not listen/,
    },
  },
};
