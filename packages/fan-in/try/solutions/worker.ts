/** Read last, right before the state is used: one read for each job, and what changes after the read is still missed. */
import type { Tools } from "../../src/tailor.ts";

export async function worker({ jobs, readState, sew, deliver }: Tools): Promise<void> {
  for await (const job of jobs) {
    await sew(job);
    await deliver({ number: job.number, ...(await readState()) });
    job.ack();
  }
}
