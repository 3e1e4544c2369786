/** The end of the routine is a case of the select, and until then the jobs are switched off. The loop waits nowhere else. */
import { type Chan, chan, go, receiving, select, trySelect } from "@shirts/chan";
import type { Area, ClusterTools, Job } from "@shirts/story";

export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const done = chan<true>(1);
  let isBusy = false;
  let current: { area: Area; stop: Chan<never> } | undefined;
  for (;;) {
    const it = await select({
      job: !isBusy && receiving(jobs),
      cancel: receiving(cancels),
      done: receiving(done),
    });
    if (!it.ok) return;
    if (it.case === "job") {
      const { area } = it.value.command;
      broadcast({ area, consumerId });
      isBusy = true;
      current = { area, stop: chan() };
      go(dowork, it.value, current.stop, done, tools);
    } else if (it.case === "done") {
      isBusy = false;
    } else if (it.value.consumerId !== consumerId && it.value.area === current?.area) {
      current.stop.close();
      current = undefined;
    }
  }
}

/** The walk of v2: it stops when `stop` is closed, and acks either way. At the end it says so. */
async function dowork(job: Job, stop: Chan<never>, done: Chan<true>, tools: ClusterTools) {
  const { steps, pace, paint } = tools;
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
  await done.send(true);
}
