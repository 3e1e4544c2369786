/** The ack says "done", so it comes after the work. An error ends the tailor, and the broker gives his job to another one. */
import type { Tools } from "@shirts/learn/tailor";

export async function worker({ jobs, readState, sew, deliver }: Tools): Promise<void> {
  for await (const job of jobs) {
    await sew(job);
    await deliver({ number: job.number, ...(await readState()) });
    job.ack();
  }
}
