/**
 * v3 with slip 5: done carries only the area, and the loop closes the stop chan that it finds there. After a cancel there is
 * none (close of a nil chan panics); after a replacement it is the newer routine's, which stops unfinished.
 */
import {
  type Chan,
  CloseOfNilChannelError,
  chan,
  go,
  receiving,
  type SendChan,
  select,
  trySelect,
} from "@shirts/chan";
import type { Area, ClusterTools, Job } from "@shirts/story";

export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const done = chan<Area>();
  const stops = new Map<Area, Chan<never>>();
  for (let open = true; open || stops.size > 0; ) {
    const it = await select({
      job: open && receiving(jobs),
      cancel: receiving(cancels),
      done: receiving(done),
    });
    switch (it.case) {
      case "job": {
        if (!it.ok) {
          open = false;
          break;
        }
        const { area } = it.value.command;
        broadcast({ area, consumerId });
        stops.get(area)?.close();
        const stop = chan<never>();
        stops.set(area, stop);
        go(dowork, it.value, stop, done, tools);
        break;
      }
      case "cancel":
        if (!it.ok) return;
        if (it.value.consumerId !== consumerId) {
          stops.get(it.value.area)?.close();
          stops.delete(it.value.area);
        }
        break;
      case "done":
        if (it.value) {
          closeAsGoDoes(stops.get(it.value));
          stops.delete(it.value);
        }
        break;
    }
  }
}

/** Go reads a missing entry of a map of chans as a nil chan. */
function closeAsGoDoes(stop: Chan<never> | undefined): void {
  if (!stop) throw new CloseOfNilChannelError();
  stop.close();
}

async function dowork(job: Job, stop: Chan<never>, done: SendChan<Area>, tools: ClusterTools): Promise<void> {
  const { steps, pace, paint, report } = tools;
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) {
      report({ type: "stopped", command: job.command, step });
      job.ack();
      return;
    }
    await paint(job.command, step);
  }
  job.ack();
  await done.send(job.command.area);
}
