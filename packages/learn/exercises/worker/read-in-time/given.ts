/** A tailor who reads the table once for each job. Some of his shirts are old all the same. Move one line. */
import type { Tools } from "@shirts/learn/tailor";

export async function worker({ jobs, readState, sew, deliver }: Tools): Promise<void> {
  let state = await readState();
  for await (const job of jobs) {
    await sew(job);
    await deliver({ number: job.number, ...state });
    state = await readState();
    job.ack();
  }
}
