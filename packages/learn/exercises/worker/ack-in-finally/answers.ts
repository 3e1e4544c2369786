import type { Answers } from "@shirts/learn/answers";
import type { Tools } from "@shirts/learn/tailor";

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "it catches, and ends": {
      async worker({ jobs, readState, sew, deliver }: Tools) {
        for await (const job of jobs) {
          try {
            await sew(job);
          } catch {
            return;
          }
          await deliver({ number: job.number, ...(await readState()) });
          job.ack();
        }
      },
    },
    "it sews again": {
      async worker({ jobs, readState, sew, deliver }: Tools) {
        for await (const job of jobs) {
          for (let isSewn = false; !isSewn; )
            isSewn = await sew(job).then(...([() => true, () => false] as const));
          await deliver({ number: job.number, ...(await readState()) });
          job.ack();
        }
      },
    },
    "the ack at the end of try": {
      async worker({ jobs, readState, sew, deliver }: Tools) {
        for await (const job of jobs) {
          try {
            await sew(job);
            await deliver({ number: job.number, ...(await readState()) });
            job.ack();
          } catch (error) {
            throw new Error(`job ${job.number} goes back to the queue`, { cause: error });
          }
        }
      },
    },
  },
  wrong: {
    "it catches, and acks": {
      answer: {
        async worker({ jobs, readState, sew, deliver }: Tools) {
          for await (const job of jobs) {
            try {
              await sew(job);
              await deliver({ number: job.number, ...(await readState()) });
            } catch {}
            job.ack();
          }
        },
      },
      says: /when the needle breaks, job 3 is acked before its shirt/,
    },
    "it acks first": {
      answer: {
        async worker({ jobs, readState, sew, deliver }: Tools) {
          for await (const job of jobs) {
            job.ack();
            await sew(job);
            await deliver({ number: job.number, ...(await readState()) });
          }
        },
      },
      says: /with a good needle: job 1 is acked before/,
    },
    "it catches, and goes on without an ack": {
      answer: {
        async worker({ jobs, readState, sew, deliver }: Tools) {
          for await (const job of jobs) {
            try {
              await sew(job);
              await deliver({ number: job.number, ...(await readState()) });
              job.ack();
            } catch {}
          }
        },
      },
      says: /keeps job 3 and waits for another one/,
    },
    "it delivers what is not sewn": {
      answer: {
        async worker({ jobs, readState, sew, deliver }: Tools) {
          for await (const job of jobs) {
            await sew(job).catch(() => {});
            await deliver({ number: job.number, ...(await readState()) });
            job.ack();
          }
        },
      },
      says: /shirt 3 is delivered, and it is not sewn/,
    },
    "it never acks": {
      answer: {
        async worker({ jobs, readState, sew, deliver }: Tools) {
          for await (const job of jobs) {
            await sew(job);
            await deliver({ number: job.number, ...(await readState()) });
          }
        },
      },
      says: /never acked/,
    },
    "the sewing is not awaited": {
      answer: {
        async worker({ jobs, sew }: Tools) {
          for await (const job of jobs) void sew(job).then(() => job.ack());
        },
      },
      says: /acked before its shirt is delivered/,
    },
  },
};
