/**
 * The things in this package that are not pure: chance, the clock, timers, the event-loop turn and what a panic does.
 * `@shirts/chan/testing` may replace them all, so that a simulator drives unchanged programs.
 *
 * Fairness towards timers and sockets: a busy pair of routines lives on microtasks alone and would starve the event loop. So
 * operations are counted, and every `OPS_PER_LOOK` of them the scheduler is asked whether this event-loop turn has lasted long
 * enough. If so, each further operation ends only in the next event-loop turn. Such a turn costs some 20 µs, as much as hundreds of operations:
 * that is why the count alone does not end it.
 */

/**
 * What routines run on: chance, clock, timers, the event loop and the handling of panics. No member may block or throw. Go: a part
 * of its runtime, which a Go program cannot replace.
 *
 * @example
 * ```ts
 * const parts: Partial<Scheduler> = { now: () => 5 };
 * const restore = useScheduler(parts);
 * const time = after(0).tryRecv();
 * restore();
 * time; // => [5, true]
 * ```
 */
export interface Scheduler {
  /**
   * A number in [0, 1): picks the winner among the ready cases of a select. `among` says how many are ready so far: a pick among
   * three asks twice, with 2 and with 3.
   */
  random(among?: number): number;
  /** The time in milliseconds since 1970. It never goes back. */
  now(): number;
  /** Calls `fire` once, `ms` milliseconds from now; never when `ms` is Infinity. Returns a function that drops the timer. */
  setTimer(fire: () => void, ms: number): () => void;
  /** Has this event-loop turn lasted long enough? Asked once in 4096 operations. */
  isTurnOver(): boolean;
  /** Calls `resume` in the next event-loop turn, after timers and sockets. */
  yield(resume: () => void): void;
  /** Takes an error that a routine of `go` did not handle. */
  crash(error: unknown): void;
  /** With it no operation ends by itself: each ends when its `resume` is called, in any order. It is for `explore`. */
  defer?: ((resume: () => void, about: Deferred) => void) | undefined;
}

/** What a scheduler's `defer` is told: it is an operation of the code that runs, unless `wakes` or `starts` is given. Go: none. */
export interface Deferred {
  /** A blocked routine goes on: the function that resolves its promise. */
  readonly wakes?: object;
  /** A new routine begins: its function. */
  readonly starts?: { readonly name: string };
  /** What the operation returns. */
  readonly result?: unknown;
}

export const OPS_PER_LOOK = 4096;

/** How long a busy event-loop turn lasts. Timers count in milliseconds, so they are hardly later for it. */
const TURN_MS = 1;

/** setTimeout holds 31 bits; a longer wait is cut into pieces. */
const TIMER_MS_MAX = 2 ** 31 - 1;

function setRealTimer(fire: () => void, ms: number): () => void {
  if (ms === Number.POSITIVE_INFINITY) return () => {};
  let id: ReturnType<typeof setTimeout>;
  function wait(left: number): void {
    const piece = Math.min(left, TIMER_MS_MAX);
    id = setTimeout(() => (left > piece ? wait(left - piece) : fire()), piece);
  }
  wait(Math.max(0, ms));
  return () => clearTimeout(id);
}

/** A browser has no setImmediate, and its nested setTimeout waits 4 ms; a message from a page to itself does not wait. */
export function yieldByMessage(resume: () => void): void {
  const { port1, port2 } = new MessageChannel();
  // These are Node's types, whose ports have no onmessage; a browser's have.
  Object.assign(port1, {
    onmessage() {
      port1.close(); // An open port keeps Node alive.
      resume();
    },
  });
  port2.postMessage(0);
}

const yieldOnce: (resume: () => void) => void =
  typeof setImmediate === "function" ? (resume) => void setImmediate(resume) : yieldByMessage;

let turnBeganMs = 0;

export const realScheduler: Scheduler = {
  random: Math.random,
  now: () => performance.timeOrigin + performance.now(),
  setTimer: setRealTimer,
  isTurnOver: () => performance.now() - turnBeganMs >= TURN_MS,
  yield(resume) {
    yieldOnce(() => {
      turnBeganMs = performance.now();
      resume();
    });
  },
  crash(error) {
    // Thrown in a microtask of its own, where no code can catch it: the program ends like one that panicked.
    queueMicrotask(() => {
      throw error;
    });
  },
  defer: undefined,
};

/** The scheduler in place. */
export let scheduler: Scheduler;
scheduler = realScheduler;
let ops = 0;
/** The operations that wait for the event loop under the scheduler in place. */
let resumes: (() => void)[] = [];

/** Puts another scheduler in place, with a count of its own. Returns a function that puts the one before back. */
export function installScheduler(next: Scheduler): () => void {
  const before = { scheduler, ops, resumes };
  scheduler = next;
  // With `defer` each operation finds its share used up, so what programs always pay is not touched by it.
  ops = next.defer === undefined ? 0 : OPS_PER_LOOK;
  resumes = [];
  return () => {
    ({ scheduler, ops, resumes } = before);
  };
}

/** Counts an operation. False when this event-loop turn has had its share: then the operation ends through `afterTurn`. */
export function spend(): boolean {
  return ++ops < OPS_PER_LOOK || goesOn();
}

function goesOn(): boolean {
  if (scheduler.defer !== undefined || resumes.length > 0 || scheduler.isTurnOver()) return false;
  ops = 0;
  return true;
}

/** Calls `resume` in the next event-loop turn, or when a scheduler with `defer` says so. */
export function afterTurn(resume: () => void, about: Deferred = {}): void {
  if (scheduler.defer !== undefined) {
    scheduler.defer(resume, about);
    return;
  }
  if (resumes.push(resume) > 1) return;
  const waiting = resumes;
  scheduler.yield(() => {
    if (waiting === resumes) ops = 0;
    for (const next of waiting.splice(0)) next();
  });
}

/** The result of an operation that throws. It is counted too: a routine that tries again and again must not starve the others. */
export function refuse<R>(error: unknown): Promise<R> {
  return spend() ? Promise.reject(error) : new Promise((_, reject) => afterTurn(() => reject(error)));
}

const done: Promise<void> = Promise.resolve();

/** The result of an operation that need not block and has no value. */
export function ready(): Promise<void> {
  return spend() ? done : answerAfterTurn(undefined);
}

/** The result of an operation that need not block. */
export function answer<R>(result: R): Promise<R> {
  return spend() ? (Promise.resolve(result) as Promise<R>) : answerAfterTurn(result);
}

/** The result of an operation that need not block, when this event-loop turn has had its share. */
export function answerAfterTurn<R>(result: R): Promise<R> {
  return new Promise((resolve) => afterTurn(() => resolve(result), { result }));
}
