/**
 * v2: many nodes, one routine each. Who takes a job tells everybody else to stop working on that area.
 *
 * The worker is a select over three chans: jobs, the others' cancels, and the end of its own routine.
 */
import { type Chan, chan, go, receiving, type SendChan, select, trySelect } from "@shirts/chan";
import type { ClusterTools, Job } from "@shirts/story";

// #region worker
// #region state
/** Works until `jobs` is closed and its last routine has ended, or until `cancels` is closed. */
export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const done = chan<Job>();
  let stop: Chan<never> = chan();
  let current: Job | undefined;
  // #endregion state

  // #region loop
  for (let open = true; open || current; ) {
    const it = await select({
      // One routine at a time: while it runs, this case is switched off. The talk takes a semaphore inside the loop
      // instead, and while the loop waits for the semaphore it hears no cancel.
      job: open && !current && receiving(jobs),
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
        current = it.value;
        const { area } = current.command;
        broadcast({ area, consumerId });
        go(dowork, current, stop, done, tools);
        break;
      }
      // #endregion job
      // #region cancel
      case "cancel": {
        // Deaf to cancels, this worker would paint over newer commands: better to stop, and the broker gives its job away.
        if (!it.ok) return;
        const { area, consumerId: sender } = it.value;
        if (sender !== consumerId && area === current?.command.area) {
          stop.close();
          stop = chan();
        }
        break;
      }
      // #endregion cancel
      // #region done
      case "done":
        current = undefined;
        break;
      // #endregion done
    }
  }
}
// #endregion worker

// #region dowork
// #region start
/** Walks over the area's people until the end or until `stop` is closed; acks the job either way. */
async function dowork(job: Job, stop: Chan<never>, done: SendChan<Job>, tools: ClusterTools): Promise<void> {
  const { steps, pace, paint, report } = tools;
  const { command } = job;
  for (let step = 0; step < steps; step++) {
    // #endregion start
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    // #region step
    // A closed chan is always ready. Asking again gives the stop the last word when both were.
    if (trySelect({ stop: receiving(stop) })) {
      report({ type: "stopped", command, step });
      job.ack();
      return done.send(job);
    }
    await paint(command, step);
    // #endregion step
  }
  // #region ack
  job.ack();
  await done.send(job);
  // #endregion ack
}
// #endregion dowork
