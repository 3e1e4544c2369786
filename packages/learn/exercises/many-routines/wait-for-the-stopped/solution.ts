/** A WaitGroup counts the routines, also those that are stopped and have left the map. The worker ends when the last one has ended. */
import { type Chan, chan, receiving, select, trySelect, WaitGroup } from "@shirts/chan";
import type { Area, ClusterTools, Job } from "@shirts/story";

export async function worker(tools: ClusterTools): Promise<void> {
  const routines = new WaitGroup();
  const running = new Map<Area, Chan<never>>();
  for (let open = true; open; ) {
    const it = await select({ job: receiving(tools.jobs), cancel: receiving(tools.cancels) });
    if (!it.ok) open = false;
    else if (it.case === "job") {
      const stop = chan<never>();
      running.set(it.value.command.area, stop);
      const { value: job } = it;
      routines.go(() => dowork(job, stop, tools));
    } else {
      running.get(it.value.area)?.close();
      running.delete(it.value.area);
    }
  }
  await routines.wait();
}

async function dowork(job: Job, stop: Chan<never>, { steps, pace, paint }: ClusterTools): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
}
