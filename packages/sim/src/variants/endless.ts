/**
 * v3 with slips 1 and 6: dowork has no way out after its last step, and never says that it is done. It asks its stop chan again
 * and again, never acks, and its entry stays in the map. Here each empty turn sleeps a millisecond; in Go it burns a core.
 */
import { type Chan, chan, go, receiving, select, sleep, trySelect } from "@shirts/chan";
import type { Area, ClusterTools, Job } from "@shirts/story";

export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const stops = new Map<Area, Chan<never>>();
  for (;;) {
    const it = await select({ job: receiving(jobs), cancel: receiving(cancels) });
    if (!it.ok) return;
    if (it.case === "job") {
      const { area } = it.value.command;
      broadcast({ area, consumerId });
      stops.get(area)?.close();
      const stop = chan<never>();
      stops.set(area, stop);
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
  for (let step = 0; ; ) {
    if (trySelect({ stop: receiving(stop) })) {
      report({ type: "stopped", command: job.command, step });
      break;
    }
    if (step === steps) {
      await sleep(1);
      continue;
    }
    await pace().recv();
    await paint(job.command, step);
    step++;
  }
  job.ack();
}
