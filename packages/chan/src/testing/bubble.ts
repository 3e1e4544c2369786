/**
 * A bubble in the spirit of Go's testing/synctest: inside it time is fake and moves only when every routine is blocked.
 *
 * Invariants:
 * 1. The clock stands still while any routine can run. When none can, it jumps to the next timer.
 * 2. No routine can run and no timer is set: that is a deadlock, and the bubble ends with the report.
 * 3. Bubbles stand inside each other, never side by side. Only the newest one runs; one around it waits. When a bubble ends, everything is as it was before.
 * A bubble knows chans and its own timers. It must not wait for sockets, files or real timers: it would call that a deadlock.
 */

import { blockedRoutines, DeadlockError } from "../deadlock.ts";
import { enterRegistry, Registry, registry } from "../registry.ts";
import { realScheduler, scheduler } from "../scheduler.ts";
import { FakeClock } from "./fake-clock.ts";
import { useScheduler } from "./use-scheduler.ts";

export interface BubbleOptions {
  /** The clock at the start, in milliseconds. Midnight UTC 2000-01-01 unless given, as in Go. */
  readonly startMs?: number;
  /** Picks the winners of select: a number in [0, 1). Real chance unless given. */
  readonly random?: () => number;
  /** Routines that are still blocked when main has ended: die with the bubble, as in a Go program, or are an error. */
  readonly leftovers?: "end" | "error";
}

/** A bubble is in place and its main has not begun: what runs now is not inside it. */
let isBeginning = false;

const YEAR_2000_MS = 946_684_800_000;

/**
 * Runs `main` in a bubble and answers its result. Rejects with its error, a routine's panic or a `DeadlockError`. A bubble
 * may be started inside another one, never beside it.
 */
export async function bubble<T>(main: () => T | PromiseLike<T>, options: BubbleOptions = {}): Promise<T> {
  if (isBeginning)
    throw new Error(
      "bubble: another bubble begins at this moment; await it first (tests with bubbles cannot be concurrent)",
    );
  isBeginning = true;
  const clock = new FakeClock(options.startMs ?? YEAR_2000_MS);
  let end: (() => T) | undefined;
  const fail = (error: unknown): void => {
    end ??= () => {
      throw error;
    };
  };
  const restoreRegistry = enterRegistry(new Registry());
  const restore = useScheduler({
    random: options.random ?? Math.random,
    now: () => clock.nowMs,
    setTimer: (fire, ms) => clock.add(fire, ms),
    yield: (resume) => clock.whenIdle(resume),
    crash: fail,
  });
  const mine = scheduler;
  try {
    Promise.resolve()
      .then(() => {
        isBeginning = false;
        return main();
      })
      .then((value) => {
        end ??= () => value;
      }, fail);
    for (;;) {
      await eventLoopTurn();
      if (scheduler !== mine) continue;
      if (end !== undefined) break;
      if (!clock.advance()) throw new DeadlockError(await blockedRoutines(registry));
    }
    if (options.leftovers === "error") await checkLeftovers();
    return end();
  } finally {
    restore();
    restoreRegistry();
  }
}

/** All microtasks have run when this answers. */
function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => realScheduler.yield(resolve));
}

async function checkLeftovers(): Promise<void> {
  const routines = await blockedRoutines(registry);
  if (routines.length > 0)
    throw new DeadlockError(
      routines,
      "deadlock: main bubble goroutine has exited but blocked goroutines remain",
    );
}
