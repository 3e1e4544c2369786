/**
 * v4: many nodes, many routines each, and the fence. Like v3, but commands have an age, and the table has the last word.
 *
 * A cancel saves work: it stops a routine whose command is older. A fence saves data: the table refuses a step whose
 * command is no longer the newest.
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
import type { Area, Cancel, FencedTools, Job } from "@shirts/story";

// #region routine
/** One running job. Messages about a routine carry the routine, never only its area: the next one has the same area. */
interface Routine {
  readonly job: Job;
  readonly stop: Chan<never>;
}
// #endregion routine

// #region worker
// #region state
/** Works until `jobs` is closed and its last routine has ended, or until `cancels` is closed. */
export async function worker(tools: FencedTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast, report } = tools;
  const done = chan<Routine>();
  const routines = new WaitGroup();
  const running = new Map<Area, Routine>();
  const newest = new Map<Area, number>();
  // #endregion state

  // #region loop
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
  // #endregion loop
  // #region drain
  // A stopped routine has left the map, and may still be in its last step or about to ack.
  await routines.wait();
  // #endregion drain

  // #region job
  function onJob(job: Job): void {
    const { area, revision } = job.command;
    if (revision < (newest.get(area) ?? 0)) {
      report({ type: "superseded", command: job.command });
      job.ack();
      return;
    }
    newest.set(area, revision);
    broadcast({ area, consumerId, revision });
    // Older, or an earlier delivery of this command: then the new routine goes on where that one stops.
    running.get(area)?.stop.close();
    const routine: Routine = { job, stop: chan() };
    running.set(area, routine);
    routines.go(() => dowork(routine, done, tools));
  }
  // #endregion job

  // #region cancel
  function onCancel({ area, revision = 0 }: Cancel): void {
    newest.set(area, Math.max(revision, newest.get(area) ?? 0));
    const routine = running.get(area);
    if (routine === undefined || routine.job.command.revision >= revision) return;
    routine.stop.close();
    running.delete(area);
  }
  // #endregion cancel

  // #region done
  function onDone(routine: Routine): void {
    const { area } = routine.job.command;
    if (running.get(area) === routine) running.delete(area);
  }
  // #endregion done
}
// #endregion worker

// #region dowork
/** Walks over the rest of the area's people, until it is stopped or a step is refused; acks the job either way. */
async function dowork(routine: Routine, done: SendChan<Routine>, tools: FencedTools): Promise<void> {
  const { steps, pace, paint, resume, report } = tools;
  const { job, stop } = routine;
  const { command } = job;
  for (let step = await resume(command); step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    // When both were ready, select may have taken the pace. The stop has the last word.
    if (trySelect({ stop: receiving(stop) })) {
      report({ type: "stopped", command, step });
      break;
    }
    if (!(await paint(command, step))) break;
  }
  job.ack();
  // #region end
  // A stopped routine has left the map already: nobody waits for its done.
  await select({ stop: receiving(stop), done: sending(done, routine) });
  // #endregion end
}
// #endregion dowork
