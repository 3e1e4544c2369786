/**
 * The four things in this package that are not pure: chance, the clock, timers and the turn of the event loop.
 * `@shirts/chan/testing` may replace them all, so that a simulator drives unchanged programs.
 *
 * Fairness towards timers and sockets: a busy pair of routines lives on microtasks alone and would starve the event
 * loop. So operations are counted, and after `OPS_PER_TURN` of them each further operation answers only after the event loop has
 * turned once. The count is of operations, never of time: the same program yields at the same places in every run.
 */

export interface Scheduler {
  /** A number in [0, 1): picks the winner among the ready cases of a select. */
  random(): number;
  /** The time in milliseconds. */
  now(): number;
  /** Calls `fire` once, `ms` milliseconds from now. Returns a function that drops the timer. */
  setTimer(fire: () => void, ms: number): () => void;
  /** Calls `resume` after timers and sockets have had their turn. */
  yield(resume: () => void): void;
  /** An error that nobody handled in a routine started by `go`. */
  crash(error: unknown): void;
}

export const OPS_PER_TURN = 4096;

/** setTimeout holds 31 bits; a longer wait is cut into pieces. */
const TIMER_MS_MAX = 2 ** 31 - 1;

function setRealTimer(fire: () => void, ms: number): () => void {
  const due = performance.now() + ms;
  let id = setTimeout(
    function check(): void {
      const left = due - performance.now();
      if (left <= 0 || ms <= TIMER_MS_MAX) fire();
      else id = setTimeout(check, Math.min(left, TIMER_MS_MAX));
    },
    Math.min(Math.max(ms, 0), TIMER_MS_MAX),
  );
  return () => clearTimeout(id);
}

function realYield(resume: () => void): void {
  if (typeof setImmediate === "function") setImmediate(resume);
  else setTimeout(resume, 0);
}

export const realScheduler: Scheduler = {
  random: Math.random,
  now: Date.now,
  setTimer: setRealTimer,
  yield: realYield,
  crash(error) {
    // Thrown in a job of its own: nothing can catch it, so the program ends like one that panicked.
    queueMicrotask(() => {
      throw error;
    });
  },
};

export let scheduler: Scheduler = realScheduler;
let opsThisTurn = 0;
let parked: (() => void)[] = [];

/** Puts another scheduler in place and returns the one before. */
export function installScheduler(next: Scheduler): Scheduler {
  const before = scheduler;
  scheduler = next;
  opsThisTurn = 0;
  return before;
}

const done: Promise<void> = Promise.resolve();

/** What an operation that did not block returns: a settled promise, or, every so often, one that waits for the event loop. */
export function settled<R>(result: R): Promise<R> {
  if (++opsThisTurn < OPS_PER_TURN)
    return result === undefined ? (done as Promise<R>) : Promise.resolve(result);
  return new Promise((resolve) => {
    parked.push(() => resolve(result));
    if (parked.length === 1) scheduler.yield(turn);
  });
}

function turn(): void {
  const waiting = parked;
  parked = [];
  opsThisTurn = 0;
  for (const resume of waiting) resume();
}
