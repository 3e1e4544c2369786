import { type Chan, chan, go, receiving, select, trySelect } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { ClusterTools, Job } from "@shirts/story";
import { worker as v2 } from "@shirts/v2";

type Running = { readonly job: Job; readonly stop: Chan<never> };

async function walk({ job, stop }: Running, { steps, pace, paint }: ClusterTools): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
}

/** A worker that takes each job at once, and starts it as `start` says. */
const eager = (start: (one: Running, tools: ClusterTools) => Promise<void>) => ({
  async worker(tools: ClusterTools) {
    const { consumerId, jobs, cancels, broadcast } = tools;
    const all: Running[] = [];
    for (;;) {
      const it = await select({ job: receiving(jobs), cancel: receiving(cancels) });
      if (!it.ok) return;
      if (it.case === "job") {
        broadcast({ area: it.value.command.area, consumerId });
        const one: Running = { job: it.value, stop: chan() };
        all.push(one);
        go(start, one, tools);
      } else if (it.value.consumerId !== consumerId) {
        for (const { job, stop } of all)
          if (job.command.area === it.value.area && !stop.tryRecv()) stop.close();
      }
    }
  },
});

/** The loop of the solution, with one thing changed. */
const busy = (change: {
  readonly hears?: false;
  readonly acks?: false;
  readonly stops?: "all";
  readonly ends?: false;
}) => ({
  async worker(tools: ClusterTools) {
    const { consumerId, jobs, cancels, broadcast } = tools;
    const done = chan<true>(1);
    let running: Running | undefined;
    for (;;) {
      const it = await select({
        job: !running && receiving(jobs),
        cancel: (change.hears ?? true) && receiving(cancels),
        done: receiving(done),
      });
      if (!it.ok) return;
      if (it.case === "job") {
        broadcast({ area: it.value.command.area, consumerId });
        const job = change.acks === false ? { ...it.value, ack() {} } : it.value;
        const one: Running = { job, stop: chan() };
        running = one;
        go(async () => {
          await walk(one, tools);
          if (change.ends !== false) await done.send(true);
        });
      } else if (it.case === "done") running = undefined;
      else if (change.stops === "all" || it.value.consumerId !== consumerId) {
        if (running?.job.command.area === it.value.area && !running.stop.tryRecv()) running.stop.close();
      }
    }
  },
});

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "v2's own worker": { worker: v2 },
    "one variable for both": busy({}),
  },
  wrong: {
    "two jobs in parallel": { answer: eager(walk), says: /side by side.*takes no second job/ },
    "the wait is in a routine of its own": {
      answer: {
        async worker(tools: ClusterTools) {
          const semaphore = chan<true>(1);
          await eager(async (one, its) => {
            await semaphore.send(true);
            await walk(one, its);
            await semaphore.recv();
          }).worker(tools);
        },
      },
      says: /takes GREEN's job while it is busy with another one/,
    },
    "the jobs are off, and so are the cancels": {
      answer: busy({ hears: false }),
      says: /reads PPPPPPPPPP: the worker did not hear it/,
    },
    "it stops for its own cancel": { answer: busy({ stops: "all" }), says: /nobody paints PURPLE/ },
    "it never acks": { answer: busy({ acks: false }), says: /never acked/ },
    "it never says done": {
      answer: busy({ ends: false }),
      says: /GREEN's turn, but South America reads \.\.\./,
    },
    "v1's loop": {
      answer: {
        async worker(tools: ClusterTools) {
          for await (const job of tools.jobs) {
            tools.broadcast({ area: job.command.area, consumerId: tools.consumerId });
            await walk({ job, stop: chan() }, tools);
          }
        },
      },
      says: /reads PPPPPPPPPP: the worker did not hear it/,
    },
    "it tells nobody": {
      answer: { worker: (tools: ClusterTools) => v2({ ...tools, broadcast() {} }) },
      says: /tells nobody/,
    },
  },
};
