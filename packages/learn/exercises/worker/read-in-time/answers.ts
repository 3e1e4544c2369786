import type { Answers } from "@shirts/learn/answers";
import type { Job, State, Tools } from "@shirts/learn/tailor";

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "it reads when it takes the job": {
      async worker({ jobs, readState, sew, deliver }: Tools) {
        for await (const job of jobs) {
          const state = await readState();
          await sew(job);
          await deliver({ number: job.number, ...state });
          job.ack();
        }
      },
    },
    "it reads while it sews": {
      async worker({ jobs, readState, sew, deliver }: Tools) {
        for await (const job of jobs) {
          const [state] = await Promise.all([readState(), sew(job)]);
          await deliver({ number: job.number, ...state });
          job.ack();
        }
      },
    },
    "recv in a loop of its own": {
      async worker({ jobs, readState, sew, deliver }: Tools) {
        for (;;) {
          const [job, ok] = await jobs.recv();
          if (!ok) return;
          await sew(job);
          await deliver({ ...(await readState()), number: job.number });
          job.ack();
        }
      },
    },
  },
  wrong: {
    "it never acks": {
      answer: {
        async worker({ jobs, readState, sew, deliver }: Tools) {
          for await (const job of jobs) {
            await sew(job);
            await deliver({ number: job.number, ...(await readState()) });
          }
        },
      },
      says: /shirt 1 is delivered, and its job is never acked.*gets no other one/,
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
      says: /job 1 is acked before its shirt is delivered.*nobody sews/,
    },
    "twenty made-up shirts": {
      answer: {
        async worker({ deliver }: Tools) {
          for (let number = 1; number <= 20; number++)
            await deliver({ number, shirt: "purple", revision: 5 });
        },
      },
      says: /no job ordered it/,
    },
    "jobs, and a made-up colour": {
      answer: {
        async worker({ jobs, sew, deliver }: Tools) {
          for await (const job of jobs) {
            await sew(job);
            await deliver({ number: job.number, shirt: "purple", revision: 99 });
            job.ack();
          }
        },
      },
      says: /the table never said that/,
    },
    "it does not sew": {
      answer: {
        async worker({ jobs, readState, deliver }: Tools) {
          for await (const job of jobs) {
            await deliver({ number: job.number, ...(await readState()) });
            job.ack();
          }
        },
      },
      says: /not sewn yet/,
    },
    "it reads once": {
      answer: {
        async worker({ jobs, readState, sew, deliver }: Tools) {
          const state = await readState();
          for await (const job of jobs) {
            await sew(job);
            await deliver({ number: job.number, ...state });
            job.ack();
          }
        },
      },
      says: /shirts are old \(4, 5, 6/,
    },
    "it reads before it takes the job": {
      answer: {
        async worker({ jobs, readState, sew, deliver }: Tools) {
          for (;;) {
            const state: State = await readState();
            const [job, ok] = await jobs.recv();
            if (!ok) return;
            await sew(job);
            await deliver({ number: job.number, ...state });
            job.ack();
          }
        },
      },
      says: /shirts are old/,
    },
    "one job, and home": {
      answer: {
        async worker({ jobs, readState, sew, deliver }: Tools) {
          const [job] = (await jobs.recv()) as [Job, true];
          await sew(job);
          await deliver({ number: job.number, ...(await readState()) });
          job.ack();
        },
      },
      says: /shirt 2 is never delivered|never delivered/,
    },
  },
};
