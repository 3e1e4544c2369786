/** He reads the table after he has taken the job, and before he uses what it says. */
import type { Tools } from "@shirts/learn/tailor";

export async function worker({ jobs, readState, sew, deliver }: Tools): Promise<void> {
  for await (const job of jobs) {
    await sew(job);
    const state = await readState();
    await deliver({ number: job.number, ...state });
    job.ack();
  }
}
