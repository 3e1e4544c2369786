/**
 * Go's time: sleep, After, Ticker.
 *
 * The chans of `after` and `tick` hold a timer only while a routine blocks on them; otherwise they look at the clock when they
 * are asked. So a timer that loses its select leaves nothing behind, and one that is never read costs nothing.
 */

import { checkSignal, unwatch, watch } from "./abort-signal.ts";
import { ChanCore } from "./chan.ts";
import { refuse, type Scheduler, scheduler } from "./scheduler.ts";
import type { Cancellable, RecvChan } from "./types.ts";
import { WaitQueue } from "./wait-queue.ts";
import type { Waiter } from "./waiter.ts";

export function checkMs(caller: string, ms: number): void {
  if (typeof ms !== "number" || Number.isNaN(ms))
    throw new RangeError(`${caller}: ms must be a number, got ${String(ms)}`);
}

/**
 * Blocks for `ms` milliseconds; a negative time is no time. Throws the reason of its signal, and a `RangeError` when `ms` is no
 * number. Go: `time.Sleep`.
 *
 * @example
 * ```ts
 * await bubble(async () => {
 *   const hour = after(3_600_000);
 *   await sleep(3_600_000);
 *   hour.len; // => 1
 * });
 * ```
 */
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

/** The receivers of a timer: it tells its chan when the first one comes and when the last one leaves. */
class TimerReceivers extends WaitQueue {
  declare readonly chan: TimerChan;
  constructor(chan: TimerChan) {
    super("chan receive (timer)");
    this.chan = chan;
  }
  override get isOfOtherClock(): boolean {
    return this.chan.isOfOtherClock;
  }
  override push(waiter: Waiter): void {
    super.push(waiter);
    this.chan.arm();
  }
  override shift(): Waiter | undefined {
    const first = super.shift();
    if (this.head === undefined) this.chan.disarm();
    return first;
  }
  override remove(waiter: Waiter): void {
    super.remove(waiter);
    if (this.head === undefined) this.chan.disarm();
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
    this.recvq = new TimerReceivers(this);
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
  get isOfOtherClock(): boolean {
    return this.#clock !== scheduler;
  }
  arm(): void {
    if (this.#drop !== undefined || this.#dueMs === undefined) return;
    const due = this.#dueMs;
    this.#drop = this.#clock.setTimer(
      () => {
        this.#drop = undefined;
        this.#give(due);
        // A ticker, and other receivers still block on it.
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
  override [Symbol.dispose](): void {
    this.stop();
  }
  /** Gives the time that was due. A slow receiver loses the ticks in between; the next one comes on the beat. */
  #give(due: number): void {
    const every = this.#everyMs;
    const late = Math.max(0, this.#clock.now() - due);
    this.#dueMs = every === undefined ? undefined : due + every * (Math.floor(late / every) + 1);
    this.trySend(due);
  }
}

/**
 * A chan that gives the time once, `ms` milliseconds from now; the time is in milliseconds since 1970. Never blocks by itself.
 * Throws a `RangeError` when `ms` is no number. Go: `time.After`.
 *
 * @example
 * ```ts
 * await bubble(async () => {
 *   const jobs = chan<string>();
 *   const it = await select({ job: receiving(jobs), late: receiving(after(1000)) });
 *   it.case; // => "late"
 * });
 * ```
 */
export function after(ms: number): RecvChan<number> {
  checkMs("after", ms);
  return new TimerChan(ms, undefined);
}

/**
 * A chan that gives the time at every beat until `stop`, in milliseconds since 1970. A slow receiver loses beats. Go:
 * `time.Ticker`.
 *
 * @example
 * ```ts
 * await bubble(async () => {
 *   const ticker: Ticker = tick(10);
 *   ticker.stop();
 *   await sleep(100);
 *   ticker.tryRecv(); // => undefined
 * });
 * ```
 */
export interface Ticker extends RecvChan<number> {
  /** Ends the ticks; the chan stays open. Never blocks or throws. Go: `t.Stop()`. */
  readonly stop: () => void;
  /** At the end of `using ticker = tick(10)`: `stop`. Never blocks or throws. Go: `defer t.Stop()`. */
  readonly [Symbol.dispose]: () => void;
}

/**
 * A chan that gives the time every `ms` milliseconds until it is stopped. Never blocks by itself. Throws a `RangeError` unless
 * `ms` is a number > 0. Go: `time.NewTicker`.
 *
 * @example
 * ```ts
 * const main = async () => {
 *   const ticker = tick(10);
 *   await ticker.recv(); // => [10, true]
 *   await ticker.recv(); // => [20, true]
 *   ticker.stop();
 * };
 * await bubble(main, { startMs: 0 });
 * ```
 */
export function tick(ms: number): Ticker {
  checkMs("tick", ms);
  if (ms <= 0) throw new RangeError(`tick: ms must be > 0, got ${ms}`);
  return new TimerChan(ms, ms);
}
