/**
 * v3 with slip 13: nobody looks at `ok`. When the connection is gone, Go's AMQP client closes the chan of deliveries, and a
 * closed chan is always ready: the loop takes empty deliveries from it for ever, and cancels an area that has no name.
 */
import { type Chan, chan, go, receiving, select } from "@shirts/chan";
import type { Area, ClusterTools, Job } from "@shirts/story";

export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const stops = new Map<Area | undefined, Chan<never>>();
  for (;;) {
    const it = await select({ job: receiving(jobs), cancel: receiving(cancels) });
    if (it.case === "job") {
      const area = it.value?.command.area;
      if (area) broadcast({ area, consumerId });
      stops.get(area)?.close();
      const stop = chan<never>();
      stops.set(area, stop);
      if (it.value) go(dowork, it.value, stop, tools);
    } else if (it.value && it.value.consumerId !== consumerId) {
      stops.get(it.value.area)?.close();
      stops.delete(it.value.area);
    }
  }
}

async function dowork(
  job: Job,
  stop: Chan<never>,
  { steps, pace, paint, report }: ClusterTools,
): Promise<void> {
  for (let step = 0; step < steps; step++) {
    const it = await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (it.case === "stop") {
      report({ type: "stopped", command: job.command, step });
      break;
    }
    await paint(job.command, step);
  }
  job.ack();
}
