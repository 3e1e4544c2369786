/** A worker that says "done" before it has begun. When its node dies halfway, nobody comes for the rest. Move one line. */
import type { Tools } from "@shirts/story";

export async function worker({ jobs, steps, pace, paint }: Tools): Promise<void> {
  for await (const job of jobs) {
    job.ack();
    for (let step = 0; step < steps; step++) {
      await pace().recv();
      await paint(job.command, step);
    }
  }
}
