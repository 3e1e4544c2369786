/**
 * v2: many nodes, one routine each. A worker that takes a job tells all others to stop working on that area.
 */
import { type Chan, chan, go, receiving, type SendChan, select, trySelect } from "@shirts/chan";
import type { Cancel, ClusterTools, Job } from "@shirts/story";

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
export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const done = chan<Routine>();
  let running: Routine | undefined;
  // #endregion state

  // #region loop
  for (let open = true; open || running; ) {
    const it = await select({
      // One routine at a time: while it runs, this case is switched off. The talk takes a semaphore inside the loop
      // instead, and while the loop waits for the semaphore it hears no cancel.
      job: open && !running && receiving(jobs),
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
        running = undefined;
        break;
    }
  }
  // #endregion loop

  // #region job
  function onJob(job: Job): void {
    const { area } = job.command;
    broadcast({ area, consumerId });
    running = { job, stop: chan() };
    go(dowork, running, done, tools);
  }
  // #endregion job

  // #region cancel
  function onCancel(cancel: Cancel): void {
    if (cancel.consumerId === consumerId || cancel.area !== running?.job.command.area) return;
    // A second cancel may come during the routine's last step, and a closed chan must not be closed again.
    if (!running.stop.tryRecv()) running.stop.close();
  }
  // #endregion cancel
}
// #endregion worker

// #region dowork
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
      break;
    }
    await paint(command, step);
  }
  job.ack();
  // #region end
  await done.send(routine);
  // #endregion end
}
// #endregion dowork
