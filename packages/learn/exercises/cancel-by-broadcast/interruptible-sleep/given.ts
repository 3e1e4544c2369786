/**
 * The walk of one routine. It sleeps the time of a step, then looks whether it was stopped: a sleep that nobody can interrupt, as
 * on the slide. Let it wait for the stop and for the time of a step at once.
 */
import { type RecvChan, receiving, trySelect } from "@shirts/chan";
import type { Job, Tools } from "@shirts/story";

/** Walks until the end, or until `stop` is closed. Acks either way. */
export async function dowork(job: Job, stop: RecvChan<never>, tools: Tools): Promise<void> {
  const { steps, pace, paint } = tools;
  for (let step = 0; step < steps; step++) {
    await pace().recv();
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
}
