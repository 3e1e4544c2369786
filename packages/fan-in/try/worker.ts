/** The polling worker without its ticker: it reads the state once per job. Some shirts are still old. Which ones, and why? */
import type { Tools } from "../src/tailor.ts";

export async function worker({ jobs, readState, sew, deliver }: Tools): Promise<void> {
  let state = await readState();
  for await (const job of jobs) {
    await sew(job);
    await deliver({ number: job.number, ...state });
    state = await readState();
    job.ack();
  }
}
