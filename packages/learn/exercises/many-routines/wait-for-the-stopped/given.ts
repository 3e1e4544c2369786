/**
 * BLUE is stopped, and it has left the map. But it may be in the middle of a step, with its ack still to come. This worker ends as
 * soon as the queue is closed and the map is empty, and its process with it: then the ack is lost, and the broker redelivers.
 */
import { type Chan, chan, go, receiving, select, trySelect } from "@shirts/chan";
import type { Area, ClusterTools, Job } from "@shirts/story";

export async function worker(tools: ClusterTools): Promise<void> {
  const running = new Map<Area, Chan<never>>();
  for (let open = true; open; ) {
    const it = await select({ job: receiving(tools.jobs), cancel: receiving(tools.cancels) });
    if (!it.ok) open = false;
    else if (it.case === "job") {
      const stop = chan<never>();
      running.set(it.value.command.area, stop);
      go(dowork, it.value, stop, tools);
    } else {
      running.get(it.value.area)?.close();
      running.delete(it.value.area);
    }
  }
}

async function dowork(job: Job, stop: Chan<never>, { steps, pace, paint }: ClusterTools): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
}
