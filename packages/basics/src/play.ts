/**
 * Plays a program under fake time, for tests and exercises.
 *
 * Time stands still while anything runs. When every routine waits, the clock jumps to the next timer. So a program that
 * sleeps for six seconds is over in a millisecond, in the same order on every machine.
 */
import { useScheduler } from "@shirts/chan/testing";
import type { Print } from "./print.ts";

export interface Played {
  readonly lines: readonly string[];
  /** How long the program took, in milliseconds of fake time. */
  readonly ms: number;
}

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** More turns of the event loop without a timer in between mean a loop that never waits. */
const TURNS_MAX = 100;

/** Throws what the program throws, what crashes one of its routines, and "deadlock" when all wait and no timer runs. */
export async function play(program: (print: Print) => Promise<void>): Promise<Played> {
  const lines: string[] = [];
  const timers = new Set<Timer>();
  let now = 0;
  let yields = 0;
  let chance = 0;
  let end: { error?: unknown } | undefined;
  const crash = (error: unknown): void => {
    end ??= { error };
  };
  const restore = useScheduler({
    crash,
    now: () => now,
    // The golden ratio spreads evenly over [0, 1): a coin that is fair, and the same in every run.
    random: () => (chance = (chance + 0.618_033_988_749_895) % 1),
    setTimer(fire, ms) {
      const timer = { at: now + ms, fire };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    yield(resume) {
      yields++;
      setImmediate(() => {
        yields--;
        resume();
      });
    },
  });
  try {
    program((line) => lines.push(line)).then(() => {
      end ??= {};
    }, crash);
    for (let turns = 0; ; turns++) {
      // The event loop turns only when no routine can go on.
      await new Promise((resolve) => setImmediate(resolve));
      if (end !== undefined) break;
      if (turns > TURNS_MAX) throw new Error("a loop that never waits");
      if (yields > 0) continue;
      const next = earliest(timers);
      if (next === undefined) throw new Error("deadlock: all routines wait, and no timer runs");
      timers.delete(next);
      now = Math.max(now, next.at);
      turns = 0;
      next.fire();
    }
  } finally {
    restore();
  }
  if (end !== undefined && "error" in end) throw end.error;
  return { lines, ms: now };
}

/** Of timers that are due together the oldest comes first, as in Node. */
function earliest(timers: ReadonlySet<Timer>): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) if (first === undefined || timer.at < first.at) first = timer;
  return first;
}
