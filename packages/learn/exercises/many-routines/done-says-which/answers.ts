import { type Chan, chan, go, receiving, select, trySelect } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { Area, Job, Tools } from "@shirts/story";
import { worker as v3 } from "@shirts/v3";

interface Routine {
  readonly job: Job;
  readonly stop: Chan<never>;
}

/** The loop of the solution, with its answer to a done as given. */
const loop = (onDone: (running: Map<Area, Routine>, routine: Routine) => void, says = true) => ({
  async worker(tools: Tools) {
    const { steps, pace, paint } = tools;
    const done = chan<Routine>();
    const running = new Map<Area, Routine>();
    for (let open = true; open || running.size > 0; ) {
      const it = await select({ job: open && receiving(tools.jobs), done: receiving(done) });
      if (it.case === "done" && it.ok) onDone(running, it.value);
      else if (it.case === "job" && it.ok) {
        const routine: Routine = { job: it.value, stop: chan() };
        running.get(it.value.command.area)?.stop.close();
        running.set(it.value.command.area, routine);
        go(async () => {
          for (let step = 0; step < steps; step++) {
            await select({ stop: receiving(routine.stop), pace: receiving(pace()) });
            if (trySelect({ stop: receiving(routine.stop) })) break;
            await paint(routine.job.command, step);
          }
          routine.job.ack();
          if (says) await done.send(routine);
        });
      } else open = false;
    }
  },
});

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "it compares the revision": loop((running, { job }) => {
      const { area, revision } = job.command;
      if (running.get(area)?.job.command.revision === revision) running.delete(area);
    }),
    "it goes through the map": loop((running, routine) => {
      for (const [area, one] of running) if (one === routine) running.delete(area);
    }),
    "v3's own worker": {
      worker: (tools: Tools) => v3({ ...tools, consumerId: "n1", cancels: chan(), broadcast() {} }),
    },
  },
  wrong: {
    "only stop.close() is removed": {
      answer: loop((running, { job }) => void running.delete(job.command.area)),
      says: /while BLUE runs, and the worker ends before it: the done of PURPLE, revision 1, took it out of the map/,
    },
    "it never sends done": {
      answer: loop(() => {}, false),
      says: /waits on: it still believes that a routine runs/,
    },
    "it looks, and forgets nothing": { answer: loop(() => {}), says: /waits on: it still believes/ },
    "it forgets all": {
      answer: loop((running) => running.clear()),
      says: /the worker ends before|it forgot a routine/,
    },
    "it looks, and stops even so": {
      answer: loop((running, routine) => {
        const { area } = routine.job.command;
        running.get(area)?.stop.close();
        if (running.get(area) === routine) running.delete(area);
      }),
      says: /BLUE is stopped after 0 of 3 steps/,
    },
    "it compares the area": {
      answer: loop((running, { job }) => {
        const { area } = job.command;
        if (running.get(area)?.job.command.area === area) running.delete(area);
      }),
      says: /while BLUE runs.*took it out of the map/,
    },
    "it compares the shirt": {
      answer: loop((running, { job }) => {
        const { area, shirt } = job.command;
        if (running.get(area)?.job.command.shirt === shirt) running.delete(area);
      }),
      says: /while PURPLE, revision 3, runs, and the worker ends before it/,
    },
    "it stops what wears the same shirt": {
      answer: loop((running, { job }) => {
        const { area, shirt } = job.command;
        const one = running.get(area);
        if (one?.job.command.shirt !== shirt) return;
        one.stop.close();
        running.delete(area);
      }),
      says: /PURPLE, revision 3, is stopped after 0 of 3 steps/,
    },
    "one job after the other, and home": {
      answer: {
        async worker({ jobs, steps, pace, paint }: Tools) {
          const [job] = await jobs.recv();
          for (let step = 0; job && step < steps; step++) {
            await pace().recv();
            await paint(job.command, step);
          }
          job?.ack();
        },
      },
      says: /the bar reads PPP/,
    },
  },
};
