/**
 * v1: one node, one worker, one routine. One job after the other, in the order of the queue.
 *
 * Alone it is right, and slow. A second node makes it faster, and wrong: nothing tells the soldier with the older
 * command that another one behind him already carries a newer one.
 */
import type { Job, Tools } from "@shirts/story";

// #region worker
/** Works until `jobs` is closed. */
export async function worker(tools: Tools): Promise<void> {
  for await (const job of tools.jobs) {
    await dowork(job, tools);
  }
}
// #endregion worker

// #region dowork
/** Walks over the area's people, one step at a time, and acks the job at the end. */
async function dowork(job: Job, { steps, pace, paint }: Tools): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await pace().recv();
    await paint(job.command, step);
  }
  job.ack();
}
// #endregion dowork
