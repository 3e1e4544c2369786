/**
 * A bubble in the spirit of Go's testing/synctest: inside it time is fake and moves only when every routine is blocked.
 *
 * Invariants:
 * 1. The clock stands still while any routine can run. When none can, it jumps to the next timer.
 * 2. No routine can run and no timer is set: that is a deadlock, and the bubble ends with the report.
 * 3. Bubbles may be nested, never side by side. Only the innermost one runs; one around it waits. When a bubble ends, everything
 *    is as it was before.
 * A bubble knows chans and its own timers. It must not wait for sockets, files or real timers: it would take that for a deadlock.
 */

import { blockedRoutines, DeadlockError } from "../deadlock.ts";
import { enterRegistry, Registry, registry } from "../registry.ts";
import { realScheduler, scheduler } from "../scheduler.ts";
import { BoundError } from "./bound-error.ts";
import { FakeClock } from "./fake-clock.ts";
import { useScheduler } from "./use-scheduler.ts";

/**
 * The options of a bubble. Go: none; in `testing/synctest` the start is fixed, and leftovers are an error.
 *
 * @example
 * ```ts
 * const options: BubbleOptions = { leftovers: "error" };
 * const main = () => go(() => chan<number>().recv());
 * await bubble(main, options); // throws "main bubble goroutine has exited but blocked goroutines remain"
 * ```
 */
export interface BubbleOptions {
  /** The clock at the start, in milliseconds. Midnight UTC 2000-01-01 unless given, as in Go. */
  readonly startMs?: number;
  /** A number in [0, 1) that picks the winners of select. `Math.random` unless given. */
  readonly random?: () => number;
  /** Routines that are still blocked when main has ended: they end with the bubble, as in a Go program, or they are an error. */
  readonly leftovers?: "end" | "error";
  /** How many timers may fire, and how often a routine may do 4096 operations without blocking, before main ends. No bound unless given. */
  readonly bounds?: { readonly timers: number; readonly busy: number };
}

/** True while a bubble is in place and its main has not begun: code that runs meanwhile is not inside it. */
let isBeginning = false;

const YEAR_2000_MS = 946_684_800_000;

/**
 * Runs `main` under fake time and returns its result. Blocks until `main` has ended; an hour of `sleep` takes no time. Throws the
 * error of `main`, the panic of a routine, a `DeadlockError`, a `BoundError` when a bound is reached, or an `Error` when another
 * bubble begins beside it. A bubble may be started inside another one. Go: `synctest.Test`.
 *
 * @example
 * ```ts
 * const main = async () => {
 *   const begin = await after(0).recv();
 *   await sleep(3_600_000);
 *   return [begin, await after(0).recv()];
 * };
 * await bubble(main, { startMs: 0 }); // => [[0, true], [3_600_000, true]]
 * await bubble(() => chan<number>().recv()); // throws "all goroutines are asleep - deadlock!"
 * ```
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
    setTimer: (fire, ms) => clock.setTimer(fire, ms),
    yield: (resume) => clock.whenIdle(resume),
    crash: fail,
    defer: undefined,
  });
  const mine = scheduler;
  const { timers, busy } = options.bounds ?? { timers: Infinity, busy: Infinity };
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
      // Before the clock wakes anybody: a loop without an end must stay asleep when the bubble is gone.
      if (clock.busy > busy) throw new BoundError("busy", "bubble: a loop never waits");
      if (clock.fired > timers)
        throw new BoundError("timers", `bubble: main has not ended after ${timers} timers`);
      if (!clock.advance()) throw new DeadlockError(await blockedRoutines(registry));
    }
    if (options.leftovers === "error") await checkLeftovers();
    return end();
  } finally {
    restore();
    restoreRegistry();
  }
}

/** When it returns, all microtasks have run. */
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
