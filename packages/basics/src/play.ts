/**
 * Runs a program in a bubble, for tests and exercises: time is fake, and coins fall the same way in every run.
 *
 * A program that sleeps for six seconds ends within a millisecond, with the same output on every machine.
 */
import { after } from "@shirts/chan";
import { BoundError, bubble } from "@shirts/chan/testing";
import type { Print } from "./print.ts";

export interface Played {
  readonly lines: readonly string[];
  /** How long the program took, in milliseconds of fake time. */
  readonly ms: number;
}

/** No program here tosses more coins. One that does is a loop that never waits. */
const COINS_MAX = 100_000;

/** No program here sleeps so often, and none does so much without waiting once: some 200,000 operations. */
const BOUNDS = { timers: 20_000, busy: 50 };

/**
 * Throws what the program throws, what crashes one of its routines, and DeadlockError when all of them wait for ever. A loop that
 * has no end is a BoundError, as long as it awaits something of chan; a loop without any await hangs JavaScript itself.
 */
export async function play(program: (print: Print) => Promise<void>): Promise<Played> {
  const lines: string[] = [];
  let coins = 0;
  // Multiples of the golden ratio spread evenly over [0, 1): a fair coin that falls the same way in every run.
  const random = (): number => {
    if (++coins > COINS_MAX) throw new BoundError("busy", "play: a loop never waits");
    return (coins * 0.618_033_988_749_895) % 1;
  };
  const main = async (): Promise<Played> => {
    await program((line) => lines.push(line));
    const [ms = 0] = await after(0).recv();
    return { lines, ms };
  };
  return await bubble(main, { startMs: 0, random, bounds: BOUNDS });
}
