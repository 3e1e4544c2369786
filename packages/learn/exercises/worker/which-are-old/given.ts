/**
 * The polling tailor. Predict which of his ten shirts are old, then let the judge play it. The orders:
 *
 *     every 100 ms, from 0 ms on; sewing takes 40 ms. So shirt 1 is dyed at 40 ms, shirt 2 at 140 ms, ...
 *     the president wants PURPLE; from 200 ms on, just before order 3, BLUE; from 600 ms on, just before order 7, GREEN
 *     the tailor looks at 0 ms, 250 ms, 500 ms, 750 ms, ...
 */
import { chan, go, type RecvChan, receiving, select, tick } from "@shirts/chan";
import type { State, Tools } from "@shirts/learn/tailor";

/** The numbers of the shirts that are old. */
export const old: readonly number[] = [];

/** Leave it as it is. */
export async function worker(tools: Tools): Promise<void> {
  const held = { state: await tools.readState() };
  const stop = chan<never>();
  go(poll, held, stop, tools);
  for await (const job of tools.jobs) {
    await tools.sew(job);
    await tools.deliver({ number: job.number, ...held.state });
    job.ack();
  }
  stop.close();
}

async function poll(held: { state: State }, stop: RecvChan<never>, { readState }: Tools): Promise<void> {
  const ticker = tick(250);
  while ((await select({ tick: receiving(ticker), stop: receiving(stop) })).case === "tick")
    held.state = await readState();
  ticker.stop();
}
