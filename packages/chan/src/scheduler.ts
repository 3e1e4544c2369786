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
  let id: ReturnType<typeof setTimeout>;
  function wait(left: number): void {
    const piece = Math.min(left, TIMER_MS_MAX);
    id = setTimeout(() => (left > piece ? wait(left - piece) : fire()), piece);
  }
  wait(ms);
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

/** The scheduler in place. */
export let scheduler: Scheduler;
scheduler = realScheduler;
let opsThisTurn = 0;
/** The operations that wait for the event loop under the scheduler in place. */
let resumes: (() => void)[] = [];

/** Puts another scheduler in place, with a count of its own. Returns a function that puts the one before back. */
export function installScheduler(next: Scheduler): () => void {
  const before = { scheduler, opsThisTurn, resumes };
  scheduler = next;
  opsThisTurn = 0;
  resumes = [];
  return () => {
    ({ scheduler, opsThisTurn, resumes } = before);
  };
}

/** Counts an operation. False when this turn of the event loop has had its share: then answer through `afterTurn`. */
export function spend(): boolean {
  return ++opsThisTurn < OPS_PER_TURN;
}

export function afterTurn(resume: () => void): void {
  if (resumes.push(resume) > 1) return;
  const waiting = resumes;
  scheduler.yield(() => {
    if (waiting === resumes) opsThisTurn = 0;
    for (const next of waiting.splice(0)) next();
  });
}

/** The answer of all sends that need not block. */
export const done: Promise<void> = Promise.resolve();

/** The answer of an operation that need not block, when this turn has had its share. */
export function later<R>(result: R): Promise<R> {
  return new Promise((resolve) => afterTurn(() => resolve(result)));
}
