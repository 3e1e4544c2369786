/**
 * v2 with slip 2: the loop itself waits for the semaphore. While a routine runs, the next local job blocks the loop, and a loop
 * that waits hears no cancel: the newer command waits behind the older one, which goes on painting.
 */
import { type Chan, chan, go, receiving, select, trySelect } from "@shirts/chan";
import type { ClusterTools, Job } from "@shirts/story";

export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const semaphore = chan<undefined>(1);
  let stop: Chan<never> = chan();
  let current: Job | undefined;

  for (;;) {
    const it = await select({ job: receiving(jobs), cancel: receiving(cancels) });
    if (!it.ok) return;
    if (it.case === "job") {
      current = it.value;
      broadcast({ area: current.command.area, consumerId });
      await semaphore.send(undefined);
      go(dowork, current, stop, semaphore, tools);
    } else if (it.value.consumerId !== consumerId && it.value.area === current?.command.area) {
      stop.close();
      stop = chan();
    }
  }
}

async function dowork(
  job: Job,
  stop: Chan<never>,
  semaphore: Chan<undefined>,
  tools: ClusterTools,
): Promise<void> {
  const { steps, pace, paint, report } = tools;
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) {
      report({ type: "stopped", command: job.command, step });
      break;
    }
    await paint(job.command, step);
  }
  job.ack();
  await semaphore.recv();
}
