/**
 * v3 with slip 4: what a cancel names is the whole body of the job, not its area. PURPLE and BLUE are different bodies, so the
 * cancel for one never finds the other: all the machinery runs, and nobody is ever stopped.
 */
import { type Chan, chan, go, receiving, select, trySelect } from "@shirts/chan";
import type { Area, ClusterTools, Job } from "@shirts/story";

export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const stops = new Map<string, Chan<never>>();
  for (;;) {
    const it = await select({ job: receiving(jobs), cancel: receiving(cancels) });
    if (!it.ok) return;
    if (it.case === "job") {
      const { area, shirt } = it.value.command;
      const body = `${area} ${shirt}`;
      broadcast({ area: body as Area, consumerId });
      stops.get(body)?.close();
      const stop = chan<never>();
      stops.set(body, stop);
      go(dowork, it.value, stop, tools);
    } else if (it.value.consumerId !== consumerId) {
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
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) {
      report({ type: "stopped", command: job.command, step });
      break;
    }
    await paint(job.command, step);
  }
  job.ack();
}
