import type { Chan } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { Job, Tools } from "@shirts/story";

async function walk(job: Job, { steps, pace, paint }: Tools): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await pace().recv();
    await paint(job.command, step);
  }
}

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "given back in finally": {
      async worker(tools: Tools, lock: Chan<true>) {
        for await (const job of tools.jobs) {
          await lock.send(true);
          try {
            await walk(job, tools);
            job.ack();
          } finally {
            await lock.recv();
          }
        }
      },
    },
    "held while it acks": {
      async worker(tools: Tools, lock: Chan<true>) {
        for (;;) {
          const [job, ok] = await tools.jobs.recv();
          if (!ok) return;
          await lock.send(true);
          await walk(job, tools);
          job.ack();
          lock.tryRecv();
        }
      },
    },
  },
  wrong: {
    "no lock": {
      answer: {
        async worker(tools: Tools) {
          for await (const job of tools.jobs) {
            await walk(job, tools);
            job.ack();
          }
        },
      },
      says: /n2 paints BLUE, and after it n1 paints PURPLE/,
    },
    "never given back": {
      answer: {
        async worker(tools: Tools, lock: Chan<true>) {
          for await (const job of tools.jobs) {
            await lock.send(true);
            await walk(job, tools);
            job.ack();
          }
        },
      },
      says: /never given back stops every other node|was not given back/,
    },
    "given back after the first step": {
      answer: {
        async worker({ jobs, steps, pace, paint }: Tools, lock: Chan<true>) {
          for await (const job of jobs) {
            await lock.send(true);
            for (let step = 0; step < steps; step++) {
              await pace().recv();
              await paint(job.command, step);
              lock.tryRecv();
            }
            job.ack();
          }
        },
      },
      says: /between two steps of one job/,
    },
    "it looks at the lock, and does not take it": {
      answer: {
        async worker(tools: Tools, lock: Chan<true>) {
          for await (const job of tools.jobs) {
            await lock.send(true);
            await lock.recv();
            await walk(job, tools);
            job.ack();
          }
        },
      },
      says: /after it n1 paints PURPLE/,
    },
    "it gives the job up when the lock is taken": {
      answer: {
        async worker(tools: Tools, lock: Chan<true>) {
          for await (const job of tools.jobs) {
            if (!lock.trySend(true)) {
              job.ack();
              continue;
            }
            await walk(job, tools);
            await lock.recv();
            job.ack();
          }
        },
      },
      says: /not everybody wears BLUE/,
    },
    "it never acks": {
      answer: {
        async worker(tools: Tools, lock: Chan<true>) {
          for await (const job of tools.jobs) {
            await lock.send(true);
            await walk(job, tools);
            await lock.recv();
          }
        },
      },
      says: /never acked|waits for ever/,
    },
  },
};
