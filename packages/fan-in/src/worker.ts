/**
 * The polling worker: queue → long work → queue, and a look at the table from time to time.
 *
 * Between two looks it works with the last state that it has read. No line here is wrong; the design is.
 */
import { chan, go, type RecvChan, receiving, select, tick } from "@shirts/chan";
import type { State, Tools } from "./tailor.ts";

export interface PollingTools extends Tools {
  /** Milliseconds between two looks at the table. */
  readonly pollMs: number;
}

// #region worker
/** Works until `jobs` is closed. */
export async function worker(tools: PollingTools): Promise<void> {
  const { jobs, readState, sew, deliver } = tools;
  // Two routines share this variable: one writes it, one reads it. On one thread that needs no lock. In Go it does.
  const held = { state: await readState() };
  const stop = chan<never>();
  go(poll, held, stop, tools);
  for await (const job of jobs) {
    await sew(job);
    await deliver({ number: job.number, ...held.state });
    job.ack();
  }
  stop.close();
}
// #endregion worker

// #region poll
async function poll(
  held: { state: State },
  stop: RecvChan<never>,
  { readState, pollMs }: PollingTools,
): Promise<void> {
  const ticker = tick(pollMs);
  while ((await select({ tick: receiving(ticker), stop: receiving(stop) })).case === "tick")
    held.state = await readState();
  ticker.stop();
}
// #endregion poll
