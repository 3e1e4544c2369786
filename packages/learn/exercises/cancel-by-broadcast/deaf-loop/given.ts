/**
 * The slide's loop: it waits for its semaphore *inside*. While the next job waits for the semaphore, nobody reads cancels.
 * Take the wait out of the loop: a busy worker takes no job at all, and still hears.
 */
import { type Chan, chan, go, receiving, select, trySelect } from "@shirts/chan";
import type { Area, ClusterTools, Job } from "@shirts/story";

export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const semaphore = chan<true>(1);
  let current: { area: Area; stop: Chan<never> } | undefined;
  for (;;) {
    const it = await select({ job: receiving(jobs), cancel: receiving(cancels) });
    if (!it.ok) return;
    if (it.case === "job") {
      const { area } = it.value.command;
      broadcast({ area, consumerId });
      await semaphore.send(true);
      current = { area, stop: chan() };
      go(dowork, it.value, current.stop, semaphore, tools);
    } else if (it.value.consumerId !== consumerId && it.value.area === current?.area) {
      current.stop.close();
      current = undefined;
    }
  }
}

/** The walk of v2: it stops when `stop` is closed, and acks either way. At the end it gives the semaphore back. */
async function dowork(job: Job, stop: Chan<never>, semaphore: Chan<true>, tools: ClusterTools) {
  const { steps, pace, paint } = tools;
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
  await semaphore.recv();
}
