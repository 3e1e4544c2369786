/**
 * v2 with slip 2: the loop itself waits until the running routine is done, as the talk's loop waits for its semaphore.
 * A loop that waits hears no cancel: the newer command waits behind the older one, which goes on painting.
 *
 * Written by `pnpm sim --slips --update` from v2's worker and patches.ts. Change those, not this file.
 */
import { type Chan, chan, go, receiving, type SendChan, select, trySelect } from "@shirts/chan";
import type { Cancel, ClusterTools, Job } from "@shirts/story";

/** One running job. Messages about a routine carry the routine, never only its area: the next one has the same area. */
interface Routine {
  readonly job: Job;
  readonly stop: Chan<never>;
}

/** Works until `jobs` is closed and its last routine has ended, or until `cancels` is closed. */
export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const done = chan<Routine>();
  let running: Routine | undefined;

  for (let open = true; open || running; ) {
    const it = await select({
      job: open && receiving(jobs),
      cancel: receiving(cancels),
      done: receiving(done),
    });
    switch (it.case) {
      case "job":
        if (it.ok) await onJob(it.value);
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

  async function onJob(job: Job): Promise<void> {
    const { area } = job.command;
    broadcast({ area, consumerId });
    if (running) await done.recv();
    running = { job, stop: chan() };
    go(dowork, running, done, tools);
  }

  function onCancel(cancel: Cancel): void {
    if (cancel.consumerId === consumerId || cancel.area !== running?.job.command.area) return;
    // A second cancel may come during the routine's last step, and a closed chan must not be closed again.
    if (!running.stop.tryRecv()) running.stop.close();
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
      break;
    }
    await paint(command, step);
  }
  job.ack();
  await done.send(routine);
}
