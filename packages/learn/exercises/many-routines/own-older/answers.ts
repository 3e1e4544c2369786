import { type Chan, chan, go, receiving, select, trySelect } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { Area, Command, Job, Tools } from "@shirts/story";

interface Routine {
  readonly job: Job;
  readonly stop: Chan<never>;
}

async function walk({ job, stop }: Routine, { steps, pace, paint }: Tools): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
}

/** A worker that stops what `stops` says when a job comes. */
const stopping = (
  stops: (older: Command, newer: Command) => boolean,
  begin: (routine: Routine, tools: Tools) => void = (r, t) => go(walk, r, t),
) => ({
  async worker(tools: Tools) {
    const all = new Set<Routine>();
    for await (const job of tools.jobs) {
      for (const routine of all)
        if (stops(routine.job.command, job.command)) {
          routine.stop.close();
          all.delete(routine);
        }
      const routine: Routine = { job, stop: chan() };
      all.add(routine);
      begin(routine, tools);
    }
  },
});

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "a set of all routines": stopping((older, newer) => older.area === newer.area),
    "an if": {
      async worker(tools: Tools) {
        const running = new Map<Area, Chan<never>>();
        for await (const job of tools.jobs) {
          const older = running.get(job.command.area);
          if (older) older.close();
          const stop = chan<never>();
          running.set(job.command.area, stop);
          go(walk, { job, stop }, tools);
        }
      },
    },
  },
  wrong: {
    "it stops everything": { answer: stopping(() => true), says: /stopped GREEN/ },
    "it stops the other areas": {
      answer: stopping((older, newer) => older.area !== newer.area),
      says: /ORANGE begins, and BLUE paints 9 steps/,
    },
    "it stops the new one": {
      answer: {
        async worker(tools: Tools) {
          const running = new Map<Area, Routine>();
          for await (const job of tools.jobs) {
            const routine: Routine = { job, stop: chan() };
            running.set(job.command.area, routine);
            running.get(job.command.area)?.stop.close();
            go(walk, routine, tools);
          }
        },
      },
      says: /South America reads \.|ORANGE came last/,
    },
    "one job after the other": {
      answer: {
        async worker(tools: Tools) {
          for await (const job of tools.jobs) await walk({ job, stop: chan() }, tools);
        },
      },
      says: /BLUE begins, and PURPLE paints \d/,
    },
    "it does not stop BLUE": {
      answer: stopping((older, newer) => older.area === newer.area && older.shirt === "purple"),
      says: /ORANGE begins, and BLUE paints/,
    },
    "stopped jobs are not acked": {
      answer: stopping(
        (older, newer) => older.area === newer.area,
        ({ job, stop }, tools) =>
          go(
            walk,
            {
              stop,
              job: {
                ...job,
                ack: () => {
                  if (!stop.tryRecv()) job.ack();
                },
              },
            },
            tools,
          ),
      ),
      says: /PURPLE is never acked/,
    },
  },
};
