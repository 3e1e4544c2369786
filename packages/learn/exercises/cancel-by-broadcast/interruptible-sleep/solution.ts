/** A select waits for both. When both are ready it may take the pace, so the stop is asked once more: it has the last word. */
import { type RecvChan, receiving, select, trySelect } from "@shirts/chan";
import type { Job, Tools } from "@shirts/story";

/** Walks until the end, or until `stop` is closed. Acks either way. */
export async function dowork(job: Job, stop: RecvChan<never>, tools: Tools): Promise<void> {
  const { steps, pace, paint } = tools;
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
}
