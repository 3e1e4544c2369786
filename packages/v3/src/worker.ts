/**
 * v3: many nodes, many routines each. Like v2, but a worker runs one routine per area, side by side.
 *
 * What v2 keeps in one variable, the running routine, is here a map with one entry per area.
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
import type { Area, ClusterTools, Job } from "@shirts/story";

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
  const routines = new WaitGroup();
  const runningRoutines = new Map<Area, Routine>();

  for (let open = true; open || runningRoutines.size > 0; ) {
    const it = await select({
      job: open && receiving(jobs),
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
        runningRoutines.get(area)?.stop.close();
        runningRoutines.set(area, routine);
        routines.go(() => dowork(routine, done, tools));
        break;
      }
      // #endregion job
      // #region cancel
      case "cancel": {
        // Deaf to cancels, this worker would paint over newer commands: better to stop, and the broker gives its jobs away.
        if (!it.ok) return;
        const { area, consumerId: sender } = it.value;
        if (sender !== consumerId) {
          runningRoutines.get(area)?.stop.close();
          runningRoutines.delete(area);
        }
        break;
      }
      // #endregion cancel
      // #region done
      case "done": {
        const area = it.value?.job.command.area;
        if (area && runningRoutines.get(area) === it.value) runningRoutines.delete(area);
        break;
      }
      // #endregion done
    }
  }
  // #region drain
  // A routine that was stopped has left the map, and may still be in its last step or about to ack.
  await routines.wait();
  // #endregion drain
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
  // A routine that was stopped has left the map already: nobody waits for its done.
  await select({ stop: receiving(stop), done: sending(done, routine) });
  // #endregion end
}
// #endregion dowork
