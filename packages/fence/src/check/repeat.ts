/** Where nothing can be held, an order comes by luck or not at all: so it is played many times, and the report says so. */
import { firstWrong, type Verdict } from "./verdict.ts";

/** Waits for some turns of the event loop, 20 at most. */
async function jitter(): Promise<void> {
  // There is no other way: what the store does in between cannot be held.
  for (let turns = Math.random() * 20; turns > 1; turns--) await new Promise(setImmediate);
}

export async function rounds(
  number: number,
  play: (jitter: () => Promise<void>) => Promise<readonly string[] | undefined>,
): Promise<Verdict> {
  const verdict = await firstWrong(Array.from({ length: number }), () => play(jitter));
  return verdict.mark === "✓"
    ? { ...verdict, note: `by repetition: ${number} rounds, no order forced` }
    : verdict;
}
