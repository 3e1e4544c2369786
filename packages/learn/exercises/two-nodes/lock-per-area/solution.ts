/** The lock is held from the first step to the last. It is right, and as slow as one node. */
import type { Chan } from "@shirts/chan";
import type { Tools } from "@shirts/story";

export async function worker({ jobs, steps, pace, paint }: Tools, lock: Chan<true>): Promise<void> {
  for await (const job of jobs) {
    await lock.send(true);
    for (let step = 0; step < steps; step++) {
      await pace().recv();
      await paint(job.command, step);
    }
    await lock.recv();
    job.ack();
  }
}
