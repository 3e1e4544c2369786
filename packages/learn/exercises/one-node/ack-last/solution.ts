/** The ack comes last: until then the job is the broker's to give away again. */
import type { Tools } from "@shirts/story";

export async function worker({ jobs, steps, pace, paint }: Tools): Promise<void> {
  for await (const job of jobs) {
    for (let step = 0; step < steps; step++) {
      await pace().recv();
      await paint(job.command, step);
    }
    job.ack();
  }
}
