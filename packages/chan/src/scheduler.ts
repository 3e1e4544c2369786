/**
 * The five things in this package that are not pure: chance, the clock, timers, the turn of the event loop and what a
 * panic does. `@shirts/chan/testing` may replace them all, so that a simulator drives unchanged programs.
 *
 * Fairness towards timers and sockets: a busy pair of routines lives on microtasks alone and would starve the event
 * loop. So operations are counted, and after `OPS_PER_TURN` of them every further operation answers only after the
 * event loop has turned once. The count is of operations, never of time: the same program yields at the same places in
 * every run.
 */

export interface Scheduler {
  /** A number in [0, 1): picks the winner among the ready cases of a select. */
  random(): number;
  /** The time in milliseconds. It never goes back. */
  now(): number;
  /** Calls `fire` once, `ms` milliseconds from now. Returns a function that drops the timer. */
  setTimer(fire: () => void, ms: number): () => void;
  /** Calls `resume` after timers and sockets have had their turn. */
  yield(resume: () => void): void;
  /** Takes an error that nobody handled in a routine started by `go`. */
  crash(error: unknown): void;
}

export const OPS_PER_TURN = 4096;

/** setTimeout holds 31 bits; a longer wait is cut into pieces. */
const TIMER_MS_MAX = 2 ** 31 - 1;

function setRealTimer(fire: () => void, ms: number): () => void {
  const piece = Math.min(ms, TIMER_MS_MAX);
  let id = setTimeout(next, piece, ms - piece);
  function next(left: number): void {
    if (left <= 0) return fire();
    const more = Math.min(left, TIMER_MS_MAX);
    id = setTimeout(next, more, left - more);
  }
  return () => clearTimeout(id);
}

/** A browser has no setImmediate, and its nested setTimeout waits 4 ms; a message to oneself does not. */
function yieldByMessage(): (resume: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const resumes: (() => void)[] = [];
  // The types at hand are Node's, whose ports know no onmessage; a browser's do.
  Object.assign(port1, { onmessage: () => resumes.shift()?.() });
  return (resume) => {
    resumes.push(resume);
    port2.postMessage(0);
  };
}

export const realScheduler: Scheduler = {
  random: Math.random,
  now: () => performance.timeOrigin + performance.now(),
  setTimer: setRealTimer,
  yield: typeof setImmediate === "function" ? (resume) => void setImmediate(resume) : yieldByMessage(),
  crash(error) {
    // Thrown in a job of its own: nothing can catch it, so the program ends like one that panicked.
    queueMicrotask(() => {
      throw error;
    });
  },
};

export let scheduler: Scheduler = realScheduler;
let opsThisTurn = 0;
let resumes: (() => void)[] = [];

/** Puts another scheduler in place and returns the one before. */
export function installScheduler(next: Scheduler): Scheduler {
  const before = scheduler;
  scheduler = next;
  opsThisTurn = 0;
  // Who waits for the turn of the scheduler before keeps waiting for that one: a simulator may never call it again.
  resumes = [];
  return before;
}

/** Counts an operation. False when this turn of the event loop has had its share: then answer through `afterTurn`. */
export function spend(): boolean {
  return ++opsThisTurn < OPS_PER_TURN;
}

export function afterTurn(resume: () => void): void {
  const waiting = resumes;
  if (waiting.push(resume) === 1) scheduler.yield(() => turn(waiting));
}

function turn(waiting: (() => void)[]): void {
  if (waiting === resumes) {
    resumes = [];
    opsThisTurn = 0;
  }
  for (const resume of waiting) resume();
}

/** The answer of all sends that need not block. */
export const done: Promise<void> = Promise.resolve();

/** The answer of an operation that need not block, when this turn has had its share. */
export function later<R>(result: R): Promise<R> {
  return new Promise((resolve) => afterTurn(() => resolve(result)));
}
