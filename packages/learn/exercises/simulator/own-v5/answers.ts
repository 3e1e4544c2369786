import { chan, go } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { FencedTools, Job } from "@shirts/story";
import { worker as v1 } from "@shirts/v1";
import { worker as v2 } from "@shirts/v2";
import { worker as v3 } from "@shirts/v3";
import { worker as v4 } from "@shirts/v4";
import { worker as solution } from "./solution.ts";

type Worker = (tools: FencedTools) => Promise<void>;

/** A worker that sees other tools than the table's own. */
const over = (worker: Worker, change: (tools: FencedTools) => Partial<FencedTools>): Worker => {
  return (tools) => worker({ ...tools, ...change(tools) });
};

function ackedAtOnce(jobs: FencedTools["jobs"]): FencedTools["jobs"] {
  const acked = chan<Job>();
  go(async () => {
    for await (const job of jobs) {
      job.ack();
      await acked.send({ ...job, ack() {} });
    }
    acked.close();
  });
  return acked;
}

export const answers: Answers<{ worker: Worker }> = {
  right: {
    "v4 itself, with many routines": { worker: v4 },
    "one job at a time, and it reports nothing of its own": {
      worker: over(solution, () => ({ report() {} })),
    },
  },
  wrong: {
    "v1 behind the fence": { answer: { worker: v1 }, says: /a cancel saves work/ },
    "v2 behind the fence": { answer: { worker: v2 }, says: /the law ".*" breaks/ },
    "v3 behind the fence": { answer: { worker: v3 }, says: /the law ".*" breaks/ },
    "it never acks": {
      answer: {
        async worker({ jobs, steps, paint }) {
          for await (const { command } of jobs)
            for (let step = 0; step < steps; step++) await paint(command, step);
        },
      },
      says: /every job acked exactly once|no routine left running/,
    },
    "it acks first, and v4's relay hides it": {
      answer: { worker: over(v4, ({ jobs }) => ({ jobs: ackedAtOnce(jobs) })) },
      says: /an ack comes after the last step/,
    },
    "it ends after its first job": {
      answer: {
        async worker({ jobs, steps, paint }) {
          const [job] = await jobs.recv();
          if (!job) return;
          for (let step = 0; step < steps; step++) await paint(job.command, step);
          job.ack();
        },
      },
      says: /the law ".*" breaks/,
    },
    "it acks twice, to be sure": {
      answer: {
        async worker({ jobs, steps, paint }) {
          for await (const { command, ack } of jobs) {
            for (let step = 0; step < steps; step++) await paint(command, step);
            ack();
            ack();
          }
        },
      },
      says: /acked 2 times/,
    },
    "a cancel that is one newer than its job, so that all others stop": {
      answer: {
        worker: over(v4, ({ broadcast }) => ({
          broadcast: ({ revision = 0, ...cancel }) => broadcast({ ...cancel, revision: revision + 1 }),
        })),
      },
      says: /a cancel has the age of the job behind it|last command wins/,
    },
    "it does nothing": { answer: { async worker() {} }, says: /the law ".*" breaks/ },
    "no function": { answer: { worker: 5 as unknown as Worker }, says: /must export a function `worker`/ },
  },
};
