/**
 * v4: many nodes, many routines each, and the fence. Like v3, but commands have an age, and the table has the last word.
 *
 * A cancel stops a routine only for a newer command; it saves work. A step that comes too late all the same is
 * refused where the data is written; that saves the data.
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
import type { Area, FencedTools, Job } from "@shirts/story";

// #region routine
/** One running job. Messages about a routine carry the routine, never only its area: the next one has the same area. */
interface Routine {
  /** The newest delivery of the command: a redelivered job replaces the one whose connection has gone. */
  job: Job;
  readonly stop: Chan<never>;
}
// #endregion routine

// #region worker
// #region loop
/** Works until `jobs` is closed and its last routine has ended, or until `cancels` is closed. */
export async function worker(tools: FencedTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast, report } = tools;
  const done = chan<Routine>();
  const routines = new WaitGroup();
  const runningRoutines = new Map<Area, Routine>();
  const newest = new Map<Area, number>();

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
        const { area, revision } = it.value.command;
        if (revision < (newest.get(area) ?? 0)) {
          report({ type: "superseded", command: it.value.command });
          it.value.ack();
          break;
        }
        const running = runningRoutines.get(area);
        if (running?.job.command.revision === revision) {
          running.job.ack();
          running.job = it.value;
          break;
        }
        newest.set(area, revision);
        broadcast({ area, consumerId, revision });
        const routine: Routine = { job: it.value, stop: chan() };
        running?.stop.close();
        runningRoutines.set(area, routine);
        routines.go(() => dowork(routine, done, tools));
        break;
      }
      // #endregion job
      // #region cancel
      case "cancel": {
        // Deaf to cancels, this worker would paint over newer commands: better to stop, and the broker gives its jobs away.
        if (!it.ok) return;
        const { area, revision = 0 } = it.value;
        newest.set(area, Math.max(revision, newest.get(area) ?? 0));
        const running = runningRoutines.get(area);
        if (running && running.job.command.revision < revision) {
          running.stop.close();
          runningRoutines.delete(area);
        }
        break;
      }
      // #endregion cancel
      // #region done
      case "done": {
        const area = it.value?.job.command.area;
        if (area && runningRoutines.get(area) === it.value) runningRoutines.delete(area);
        it.value?.job.ack();
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
/** Walks over the rest of the area's people until the end, until its stop chan is closed, or until a step is refused. */
async function dowork(routine: Routine, done: SendChan<Routine>, tools: FencedTools): Promise<void> {
  const { steps, pace, paint, resume, report } = tools;
  const { stop } = routine;
  const { command } = routine.job;
  for (let step = await resume(command); step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    // A closed chan is always ready. Asking again gives the stop the last word when both were.
    if (trySelect({ stop: receiving(stop) })) {
      report({ type: "stopped", command, step });
      break;
    }
    if (!(await paint(command, step))) break;
  }
  // #region end
  // The loop acks what is done, since only it knows the newest delivery. A routine that was stopped has left the map
  // already: nobody waits for its done, and nobody replaces its job.
  const it = await select({ stop: receiving(stop), done: sending(done, routine) });
  if (it.case === "stop") routine.job.ack();
  // #endregion end
}
// #endregion dowork
