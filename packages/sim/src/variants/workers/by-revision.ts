/**
 * v3, but a cancel stops a routine only for a newer command. The talk compares a cancel by its sender, so two nodes may
 * stop each other. Compared by age, only the older one stops. A step that is on its way to the table still lands.
 *
 * Written by `pnpm sim --slips --update` from v3's worker and patches.ts. Change those, not this file.
 */
import {
  type Chan,
  chan,
  receiving,
  type SendChan,
  select,
  sending,
  trySelect,
  WaitGroup,
} from "@shirts/chan";
import type { Area, Cancel, ClusterTools, Job } from "@shirts/story";

/** One running job. Messages about a routine carry the routine, never only its area: the next one has the same area. */
interface Routine {
  readonly job: Job;
  readonly stop: Chan<never>;
}

/** Works until `jobs` is closed and its last routine has ended, or until `cancels` is closed. */
export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const done = chan<Routine>();
  const routines = new WaitGroup();
  const running = new Map<Area, Routine>();

  for (let open = true; open || running.size > 0; ) {
    const it = await select({
      job: open && receiving(jobs),
      cancel: receiving(cancels),
      done: receiving(done),
    });
    switch (it.case) {
      case "job":
        if (it.ok) onJob(it.value);
        else open = false;
        break;
      case "cancel":
        // A worker that hears no cancels would paint over newer commands. It stops, and the broker redelivers its jobs.
        if (!it.ok) return;
        onCancel(it.value);
        break;
      case "done":
        if (it.ok) onDone(it.value);
        break;
    }
  }
  // A stopped routine has left the map, and may still be in its last step or about to ack.
  await routines.wait();

  function onJob(job: Job): void {
    const { area, revision } = job.command;
    if ((running.get(area)?.job.command.revision ?? 0) > revision) {
      job.ack();
      return;
    }
    broadcast({ area, consumerId, revision });
    running.get(area)?.stop.close();
    const routine: Routine = { job, stop: chan() };
    running.set(area, routine);
    routines.go(() => dowork(routine, done, tools));
  }

  function onCancel(cancel: Cancel): void {
    const routine = running.get(cancel.area);
    if (routine === undefined || routine.job.command.revision >= (cancel.revision ?? 0)) return;
    routine.stop.close();
    running.delete(cancel.area);
  }

  function onDone(routine: Routine): void {
    const { area } = routine.job.command;
    if (running.get(area) === routine) running.delete(area);
  }
}

/** Walks over the area's people, until it is stopped; acks the job either way. */
async function dowork(routine: Routine, done: SendChan<Routine>, tools: ClusterTools): Promise<void> {
  const { steps, pace, paint, report } = tools;
  const { job, stop } = routine;
  const { command } = job;
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    // When both were ready, select may have taken the pace. The stop has the last word.
    if (trySelect({ stop: receiving(stop) })) {
      report({ type: "stopped", command, step });
      job.ack();
      return;
    }
    await paint(command, step);
  }
  job.ack();
  // A stopped routine has left the map already: nobody waits for its done.
  await select({ stop: receiving(stop), done: sending(done, routine) });
}
