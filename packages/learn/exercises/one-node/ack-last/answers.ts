import { sleep } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { Tools } from "@shirts/story";

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "a function for the walk": {
      async worker({ jobs, steps, pace, paint }: Tools) {
        const walk = async (command: Parameters<typeof paint>[0]) => {
          for (const step of new Array(steps).keys()) {
            await pace().recv();
            await paint(command, step);
          }
        };
        for await (const job of jobs) {
          await walk(job.command);
          job.ack();
        }
      },
    },
    "it acks after the last step, inside the loop": {
      async worker({ jobs, steps, pace, paint }: Tools) {
        for await (const job of jobs)
          for (let step = 0; step < steps; step++) {
            await pace().recv();
            await paint(job.command, step);
            if (step === steps - 1) job.ack();
          }
      },
    },
    "recv, and backwards": {
      async worker({ jobs, steps, pace, paint }: Tools) {
        for (;;) {
          const [job, ok] = await jobs.recv();
          if (!ok) break;
          for (let step = steps; step > 0; step--) {
            await pace().recv();
            await paint(job.command, step - 1);
          }
          job.ack();
        }
      },
    },
  },
  wrong: {
    "it paints step 0 ten times": {
      answer: {
        async worker({ jobs, steps, pace, paint }: Tools) {
          for await (const job of jobs) {
            for (let step = 0; step < steps; step++) {
              await pace().recv();
              await paint(job.command, 0);
            }
            job.ack();
          }
        },
      },
      says: /step 0 is painted 10 times, and 9 steps never/,
    },
    "it does not await paint": {
      answer: {
        async worker({ jobs, steps, pace, paint }: Tools) {
          for await (const job of jobs) {
            for (let step = 0; step < steps; step++) {
              await pace().recv();
              void paint(job.command, step);
            }
            job.ack();
          }
        },
      },
      says: /acked when 9 of 10 steps have landed.*nobody paints/,
    },
    "it acks after the first step": {
      answer: {
        async worker({ jobs, steps, pace, paint }: Tools) {
          for await (const job of jobs)
            for (let step = 0; step < steps; step++) {
              await pace().recv();
              await paint(job.command, step);
              job.ack();
            }
        },
      },
      says: /acked when 1 of 10 steps/,
    },
    "it never acks": {
      answer: {
        async worker({ jobs, steps, pace, paint }: Tools) {
          for await (const job of jobs)
            for (let step = 0; step < steps; step++) {
              await pace().recv();
              await paint(job.command, step);
            }
        },
      },
      says: /have landed, and the job is never acked/,
    },
    "it acks all jobs in the end": {
      answer: {
        async worker({ jobs, steps, pace, paint }: Tools) {
          const done: (() => void)[] = [];
          for await (const job of jobs) {
            for (let step = 0; step < steps; step++) {
              await pace().recv();
              await paint(job.command, step);
            }
            done.push(job.ack);
          }
          for (const ack of done) ack();
        },
      },
      says: /have landed, and the job is never acked/,
    },
    "it sleeps, then acks": {
      answer: {
        async worker({ jobs }: Tools) {
          for await (const job of jobs) {
            await sleep(500);
            job.ack();
          }
        },
      },
      says: /acked when 0 of 10 steps/,
    },
    "nine steps": {
      answer: {
        async worker({ jobs, steps, pace, paint }: Tools) {
          for await (const job of jobs) {
            for (let step = 1; step < steps; step++) {
              await pace().recv();
              await paint(job.command, step);
            }
            job.ack();
          }
        },
      },
      says: /acked when 9 of 10 steps/,
    },
  },
};
