/**
 * Two nodes, and a lock for the area: a chan with room for one. To take it is to send into it; while another node has it, that
 * blocks. To give it back is to receive. This worker holds the lock for one step at a time. Hold it for long enough.
 */
import type { Chan } from "@shirts/chan";
import type { Tools } from "@shirts/story";

export async function worker({ jobs, steps, pace, paint }: Tools, lock: Chan<true>): Promise<void> {
  for await (const job of jobs) {
    for (let step = 0; step < steps; step++) {
      await lock.send(true);
      await pace().recv();
      await paint(job.command, step);
      await lock.recv();
    }
    job.ack();
  }
}
