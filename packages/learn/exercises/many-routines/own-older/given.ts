/**
 * v3 on one node, in short: jobs only, a routine for each area. BLUE comes to the very node that runs PURPLE. The node ignores its
 * own cancels, so nobody stops PURPLE: both walk. Add one line.
 */
import { type Chan, chan, go, type RecvChan, receiving, select, trySelect } from "@shirts/chan";
import type { Area, Job, Tools } from "@shirts/story";

export async function worker(tools: Tools): Promise<void> {
  const running = new Map<Area, { job: Job; stop: Chan<never> }>();
  for await (const job of tools.jobs) {
    const { area } = job.command;
    const stop = chan<never>();
    running.set(area, { job, stop });
    go(dowork, job, stop, tools);
  }
}

async function dowork(job: Job, stop: RecvChan<never>, { steps, pace, paint }: Tools): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
}
