/**
 * Chan: Go's channel.
 *
 * Invariants (whenever no method is running):
 * 1. At least one of `recvq` and `sendq` is empty, unless one select blocks in a send and in a receive on the same chan.
 * 2. While a receiver waits the buffer is empty; while a sender waits it is full.
 * 3. A closed chan has no waiters; its buffer may still hold values.
 * 4. `0 <= len <= cap`.
 * Values leave in the order in which they came, and waiters are served in the order in which they blocked.
 * A promise is never resolved with a bare value, so a sent promise or thenable arrives unchanged.
 */

import { blockUntil } from "./abortable.ts";
import { blockRecv, blockSend } from "./blocked.ts";
import { CloseOfClosedChannelError, SendOnClosedChannelError } from "./errors.ts";
import { registry } from "./registry.ts";
import { RingBuffer } from "./ring-buffer.ts";
import { answer, answerAfterTurn, ready, refuse, spend } from "./scheduler.ts";
import type { Cancellable, Chan, Received } from "./types.ts";
import { WaitQueue } from "./wait-queue.ts";
import { PLAIN, STEP, Waiter } from "./waiter.ts";
import { LATER, NEXT, type ResumeOrder } from "./wake.ts";

/** The buffer of all unbuffered chans. */
const NO_BUFFER = new RingBuffer();
/** The queue of all chans on which no routine has blocked yet. */
const NO_WAITERS = new WaitQueue("");

/** Every copy of this package marks its chans with it. */
const MARK = Symbol.for("@shirts/chan");

/** For an error: the type of what is no chan, or that it is one of another copy of this package. */
export function kindOf(value: unknown): string {
  const isMarked = typeof value === "object" && value !== null && MARK in value;
  return isMarked
    ? "a chan of another copy of @shirts/chan: install and bundle the package once"
    : typeof value;
}

export class ChanCore<T> implements Chan<T> {
  // Fields are declared and set in the constructor: a third cheaper than field initializers on Node 20.
  declare readonly cap: number;
  declare closed: boolean;
  /** The waiting receivers, and the waiting senders. A queue is made when the first one comes, as most chans need only one. */
  declare protected recvq: WaitQueue;
  declare protected sendq: WaitQueue;
  declare protected readonly buffer: RingBuffer;

  constructor(cap: number) {
    this.cap = cap;
    this.closed = false;
    this.recvq = NO_WAITERS;
    this.sendq = NO_WAITERS;
    this.buffer = cap === 0 ? NO_BUFFER : new RingBuffer();
  }

  get [MARK](): true {
    return true;
  }

  get len(): number {
    return this.buffer.count;
  }

  // What is rare has functions of its own: the engine compiles only some 900 bytes of its code into a loop that sends and receives.

  send(value: T, options?: Cancellable): Promise<void> {
    if (options !== undefined || this.closed) return this.sendRarely(value, options);
    return this.put(value) ? ready() : blockSend(this.freeSender, value);
  }

  private sendRarely(value: T, options?: Cancellable): Promise<void> {
    const signal = options?.signal;
    if (signal?.aborted) return refuse(signal.reason);
    if (this.closed) return refuse(new SendOnClosedChannelError());
    if (signal === undefined) return this.send(value);
    return this.put(value) ? ready() : blockUntil("send", this.senders, value, signal);
  }

  recv(options?: Cancellable): Promise<Received<T>> {
    if (options !== undefined) return this.recvRarely(options);
    if (this.hasValue) {
      const value = this.take();
      // A literal inside Promise.resolve, so that the compiler sees an array without `then`: one look-up less.
      return spend() ? Promise.resolve<Received<T>>([value, true]) : receivedAfterTurn(value);
    }
    return this.closed ? answer<Received<T>>([undefined, false]) : blockRecv(this.freeReceiver, PLAIN);
  }

  private recvRarely(options?: Cancellable): Promise<Received<T>> {
    const signal = options?.signal;
    if (signal?.aborted) return refuse(signal.reason);
    if (signal === undefined || this.canRecv) return this.recv();
    return blockUntil("recv", this.receivers, undefined, signal);
  }

  trySend(value: T): boolean {
    if (this.closed) throw new SendOnClosedChannelError();
    return this.put(value);
  }

  tryRecv(): Received<T> | undefined {
    if (this.hasValue) return [this.take(), true];
    return this.closed ? [undefined, false] : undefined;
  }

  close(): void {
    if (this.closed) throw new CloseOfClosedChannelError();
    this.closed = true;
    for (let w = this.recvq.shift(); w !== undefined; w = this.recvq.shift())
      w.receive(undefined, false, this.resumeOrder);
    for (let w = this.sendq.shift(); w !== undefined; w = this.sendq.shift()) w.panic();
  }

  [Symbol.dispose](): void {
    if (!this.closed) this.close();
  }

  /** Go: `for v := range c`. Ends when the chan is closed and drained. */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return {
      next: () => {
        if (this.hasValue) {
          const value = this.take();
          return spend() ? Promise.resolve({ value, done: false }) : answerAfterTurn({ value, done: false });
        }
        return this.closed
          ? answer<IteratorResult<T, undefined>>({ value: undefined, done: true })
          : blockRecv(this.freeReceiver, STEP);
      },
    };
  }

  /** The waiter that received here last in this registry, unless it does so again: then a new one. */
  private get freeReceiver(): Waiter {
    const { spare } = this.recvq;
    return spare.home === registry && spare.resolve === undefined
      ? spare
      : new Waiter(this.receivers, registry);
  }

  private get freeSender(): Waiter {
    const { spare } = this.sendq;
    return spare.home === registry && spare.resolve === undefined
      ? spare
      : new Waiter(this.senders, registry);
  }

  /** The queue of the receivers that block, known to the registry in place. */
  get receivers(): WaitQueue {
    return this.recvq.registry === registry ? this.recvq : this.openReceivers();
  }

  /** The queue of the senders that block, known to the registry in place. */
  get senders(): WaitQueue {
    return this.sendq.registry === registry ? this.sendq : this.openSenders();
  }

  private openReceivers(): WaitQueue {
    if (this.recvq === NO_WAITERS) this.recvq = new WaitQueue("chan receive");
    return registry.enrol(this.recvq);
  }

  private openSenders(): WaitQueue {
    if (this.sendq === NO_WAITERS) this.sendq = new WaitQueue("chan send");
    return registry.enrol(this.sendq);
  }

  /**
   * When a woken receiver runs. On an unbuffered chan it runs before its sender; on a buffered one the sender goes on first, or
   * every value would find the receiver asleep.
   */
  private get resumeOrder(): ResumeOrder {
    return this.cap === 0 ? NEXT : LATER;
  }

  get hasValue(): boolean {
    return this.buffer.count > 0 || this.sendq.head !== undefined;
  }

  /** Takes the oldest value; there is one. */
  take(): T {
    if (this.buffer.count > 0) return this.takeBuffered();
    // Unbuffered: the value comes from the sender itself.
    return (this.sendq.shift() as Waiter).offer() as T;
  }

  private takeBuffered(): T {
    const value = this.buffer.shift();
    const sender = this.sendq.shift();
    if (sender !== undefined) this.buffer.push(sender.offer());
    return value as T;
  }

  get hasReceiver(): boolean {
    return this.recvq.head !== undefined;
  }

  get canRecv(): boolean {
    return this.hasValue || this.closed;
  }

  get canSend(): boolean {
    return this.closed || this.recvq.head !== undefined || this.buffer.count < this.cap;
  }

  /** Hands over to the first receiver or to the buffer, if it can. */
  protected put(value: T): boolean {
    const receiver = this.recvq.shift();
    if (receiver !== undefined) {
      // Never through the buffer: a third routine could take the value before the woken receiver runs.
      receiver.receive(value, true, this.resumeOrder);
      return true;
    }
    return this.cap > 0 && this.putInBuffer(value);
  }

  private putInBuffer(value: T): boolean {
    if (this.buffer.count >= this.cap) return false;
    this.buffer.push(value);
    return true;
  }
}

function receivedAfterTurn<T>(value: T): Promise<Received<T>> {
  return answerAfterTurn<Received<T>>([value, true]);
}

/**
 * Makes a chan. `cap` is how many values the buffer holds; with 0 a send blocks until a receiver takes its value. Never blocks.
 * Throws a `RangeError` unless `cap` is a whole number >= 0. Go: `make(chan T, cap)`.
 *
 * @example
 * ```ts
 * const c = chan<number>();
 * go(async () => {
 *   await c.send(7);
 *   c.close();
 * });
 * await c.recv(); // => [7, true]
 * await c.recv(); // => [undefined, false]
 * chan(-1); // throws "chan: cap must be a whole number >= 0"
 * ```
 */
export function chan<T>(cap = 0): Chan<T> {
  if (!Number.isSafeInteger(cap) || cap < 0)
    throw new RangeError(`chan: cap must be a whole number >= 0, got ${String(cap)}`);
  return new ChanCore<T>(cap);
}
