/**
 * The same two inputs without a select: one loop keeps the newest state, the other one sews. It always knows the newest colour,
 * and while it sews it can do nothing about it.
 */
import { go } from "@shirts/chan";
import type { FanInTools } from "./fan-in.ts";

/** Works until `jobs` is closed. */
// #region two-loops
export async function twoLoops({ jobs, states, readState, sew, deliver }: FanInTools): Promise<void> {
  let state = await readState();
  go(async () => {
    for await (const newer of states) if (newer.revision > state.revision) state = newer;
  });
  for await (const job of jobs) {
    const cloth = state;
    await sew(job);
    await deliver({ number: job.number, ...cloth });
    job.ack();
  }
}
// #endregion two-loops
