/**
 * Go's time: sleep, After, Ticker.
 *
 * The chans of `after` and `tick` hold a timer only while somebody waits on them; otherwise they look at the clock when they
 * are asked. So a timer that loses its select leaves nothing behind, and one that nobody reads costs nothing.
 */

import { ChanCore } from "./chan.ts";
import { refuse, type Scheduler, scheduler } from "./scheduler.ts";
import { checkSignal, unwatch, watch } from "./signal.ts";
import type { Cancellable, RecvChan } from "./types.ts";
import { type Waiter, WaitQueue } from "./wait-queue.ts";

export function checkMs(caller: string, ms: number): void {
  if (typeof ms !== "number" || Number.isNaN(ms))
    throw new RangeError(`${caller}: ms must be a number, got ${String(ms)}`);
}

/** Go: `time.Sleep`. Blocks for `ms` milliseconds (a negative time is no time); rejects with the signal's reason when the signal aborts. */
export function sleep(ms: number, options?: Cancellable): Promise<void> {
  const signal = options?.signal;
  checkMs("sleep", ms);
  if (signal?.aborted) return refuse(signal.reason);
  if (signal === undefined) return new Promise((resolve) => scheduler.setTimer(resolve, ms));
  checkSignal("sleep", signal);
  return new Promise((resolve, reject) => {
    const sleeper = {
      abort(reason: unknown) {
        drop();
        unwatch(signal, sleeper);
        reject(reason);
      },
    };
    const drop = scheduler.setTimer(() => {
      unwatch(signal, sleeper);
      resolve();
    }, ms);
    watch(signal, sleeper);
  });
}

/** Tells its chan when the first receiver comes and when the last one leaves. */
class TimerQueue extends WaitQueue {
  declare readonly clock: TimerChan;
  constructor(clock: TimerChan) {
    super("chan receive (timer)");
    this.clock = clock;
  }
  override push(waiter: Waiter): void {
    super.push(waiter);
    this.clock.arm();
  }
  override shift(): Waiter | undefined {
    const first = super.shift();
    if (this.head === undefined) this.clock.disarm();
    return first;
  }
  override remove(waiter: Waiter): void {
    super.remove(waiter);
    if (this.head === undefined) this.clock.disarm();
  }
}

class TimerChan extends ChanCore<number> {
  readonly #clock: Scheduler = scheduler;
  readonly #everyMs: number | undefined;
  /** When the next value comes; undefined when none will. */
  #dueMs: number | undefined;
  #drop: (() => void) | undefined;

  constructor(ms: number, everyMs: number | undefined) {
    super(1);
    this.recvq = new TimerQueue(this);
    this.#dueMs = this.#clock.now() + ms;
    this.#everyMs = everyMs;
  }
  override get hasValue(): boolean {
    const due = this.#dueMs;
    if (due !== undefined && this.#clock.now() >= due) {
      // The timer that was set for this value must not give it again.
      this.disarm();
      this.#give(due);
      if (this.recvq.head !== undefined) this.arm();
    }
    return super.hasValue;
  }
  override get len(): number {
    return this.hasValue ? 1 : 0;
  }
  arm(): void {
    if (this.#drop !== undefined || this.#dueMs === undefined) return;
    const due = this.#dueMs;
    this.#drop = this.#clock.setTimer(
      () => {
        this.#drop = undefined;
        this.#give(due);
        // A ticker whose other receivers wait on.
        if (this.recvq.head !== undefined) this.arm();
      },
      Math.max(0, due - this.#clock.now()),
    );
  }
  disarm(): void {
    this.#drop?.();
    this.#drop = undefined;
  }
  stop(): void {
    this.disarm();
    this.#dueMs = undefined;
  }
  /** Gives the time that was due. A slow receiver loses the ticks between, but the beat stays. */
  #give(due: number): void {
    const every = this.#everyMs;
    const late = Math.max(0, this.#clock.now() - due);
    this.#dueMs = every === undefined ? undefined : due + every * (Math.floor(late / every) + 1);
    this.trySend(due);
  }
}

/** Go: `time.After`. A chan that gives the time (ms) once, `ms` milliseconds from now. */
export function after(ms: number): RecvChan<number> {
  checkMs("after", ms);
  return new TimerChan(ms, undefined);
}

/** A chan that gives the time (ms) at every beat until `stop`. A slow receiver loses beats, as in Go. */
export interface Ticker extends RecvChan<number> {
  /** No more ticks. The chan stays open, as in Go. */
  readonly stop: () => void;
}

/** Go: `time.NewTicker`. */
export function tick(ms: number): Ticker {
  checkMs("tick", ms);
  if (ms <= 0) throw new RangeError(`tick: ms must be > 0, got ${ms}`);
  return new TimerChan(ms, ms);
}
