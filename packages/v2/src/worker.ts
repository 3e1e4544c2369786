/**
 * v2: many nodes, one routine each. Who takes a job tells everybody else to stop working on that area.
 *
 * The worker is a select over three chans: jobs, the others' cancels, and the end of its own routine.
 */
import { type Chan, chan, go, receiving, type SendChan, select, trySelect } from "@shirts/chan";
import type { ClusterTools, Job } from "@shirts/story";

// #region routine
/** One running job. Messages about a routine carry the routine, never only its area: the next one has the same area. */
interface Routine {
  readonly job: Job;
  readonly stop: Chan<never>;
}
// #endregion routine

// #region worker
// #region loop
/** Works until `jobs` is closed and its last routine has ended, or until `cancels` is closed. */
export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const done = chan<Routine>();
  let running: Routine | undefined;
  let busy = false;

  for (let open = true; open || busy; ) {
    const it = await select({
      // One routine at a time: while it runs, this case is switched off. The talk takes a semaphore inside the loop
      // instead, and while the loop waits for the semaphore it hears no cancel.
      job: open && !busy && receiving(jobs),
      cancel: receiving(cancels),
      done: receiving(done),
    });
    // #endregion loop
    switch (it.case) {
      // #region job
      case "job": {
        if (!it.ok) {
          open = false;
          break;
        }
        const { area } = it.value.command;
        broadcast({ area, consumerId });
        const routine: Routine = { job: it.value, stop: chan() };
        running = routine;
        busy = true;
        go(dowork, routine, done, tools);
        break;
      }
      // #endregion job
      // #region cancel
      case "cancel": {
        // Deaf to cancels, this worker would paint over newer commands: better to stop, and the broker gives its jobs away.
        if (!it.ok) return;
        const { area, consumerId: sender } = it.value;
        if (sender !== consumerId && running?.job.command.area === area) {
          running.stop.close();
          running = undefined;
        }
        break;
      }
      // #endregion cancel
      // #region done
      case "done":
        running = undefined;
        busy = false;
        break;
      // #endregion done
    }
  }
}
// #endregion worker

// #region dowork
/** Walks over the area's people until the end or until the routine's stop chan is closed; acks the job either way. */
async function dowork(routine: Routine, done: SendChan<Routine>, tools: ClusterTools): Promise<void> {
  const { steps, pace, paint, report } = tools;
  const { job, stop } = routine;
  const { command } = job;
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    // A closed chan is always ready. Asking again gives the stop the last word when both were.
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
