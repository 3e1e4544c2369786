/** It reads the state right before it uses it, once per job. A change after the read is still missed. */
import type { Tools } from "../../src/tailor.ts";

export async function worker({ jobs, readState, sew, deliver }: Tools): Promise<void> {
  for await (const job of jobs) {
    await sew(job);
    await deliver({ number: job.number, ...(await readState()) });
    job.ack();
  }
}
