/**
 * Chan: Go's channel.
 *
 * Invariants (whenever no method is running):
 * 1. At least one of `recvq` and `sendq` is empty, unless one select waits to send and to receive on the same chan.
 * 2. A waiting receiver means an empty buffer; a waiting sender means a full one.
 * 3. A closed chan has no waiters; its buffer may still hold values.
 * 4. `0 <= len <= cap`.
 * Values leave in the order in which they came, and waiters are served in the order in which they blocked.
 * Values are never handed to a promise bare, so a sent promise or thenable arrives unchanged.
 */

import { blockUntil } from "./abortable.ts";
import { blockNext, blockRecv, blockSend } from "./blocked.ts";
import { CloseOfClosedChannelError, SendOnClosedChannelError } from "./errors.ts";
import { RingBuffer } from "./ring-buffer.ts";
import { answerAfterTurn, ready, refuse, spend } from "./scheduler.ts";
import type { Cancellable, Chan, Received } from "./types.ts";
import { LATER, NEXT, type ResumeOrder, WaitQueue } from "./wait-queue.ts";

/** The buffer of all chans that have none. */
const NO_BUFFER = new RingBuffer();
/** The queue of all chans in whose queue no routine has waited yet. */
const NO_WAITERS = new WaitQueue("");

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

  get len(): number {
    return this.buffer.count;
  }

  send(value: T, options?: Cancellable): Promise<void> {
    const signal = options?.signal;
    if (signal?.aborted) return refuse(signal.reason);
    if (this.closed) return refuse(new SendOnClosedChannelError());
    if (this.put(value)) return ready();
    return signal === undefined
      ? blockSend(this.senders, value)
      : blockUntil("send", this.senders, value, signal);
  }

  recv(options?: Cancellable): Promise<Received<T>> {
    const signal = options?.signal;
    if (signal?.aborted) return refuse(signal.reason);
    if (this.hasValue) {
      const value = this.take();
      // The literal stands inside Promise.resolve so that the compiler sees an array without `then`: a look-up less.
      return spend()
        ? Promise.resolve<Received<T>>([value, true])
        : answerAfterTurn<Received<T>>([value, true]);
    }
    if (this.closed)
      return spend()
        ? Promise.resolve<Received<T>>([undefined, false])
        : answerAfterTurn<Received<T>>([undefined, false]);
    return signal === undefined
      ? blockRecv(this.receivers)
      : blockUntil("recv", this.receivers, undefined, signal);
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
      w.wakeReceiver(undefined, false, this.resumeOrder);
    for (let w = this.sendq.shift(); w !== undefined; w = this.sendq.shift())
      w.wakeWithPanic(new SendOnClosedChannelError());
  }

  /** Go: `for v := range c`. Ends when the chan is closed and drained; leaving early leaves the chan open. */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return {
      next: () => {
        if (this.hasValue) {
          const value = this.take();
          return spend() ? Promise.resolve({ value, done: false }) : answerAfterTurn({ value, done: false });
        }
        if (this.closed)
          return spend()
            ? Promise.resolve({ value: undefined, done: true })
            : answerAfterTurn({ value: undefined, done: true });
        return blockNext(this.receivers);
      },
    };
  }

  /** The queue in which a receiver waits. */
  get receivers(): WaitQueue {
    if (this.recvq === NO_WAITERS) this.recvq = new WaitQueue("chan receive");
    return this.recvq;
  }

  /** The queue in which a sender waits. */
  get senders(): WaitQueue {
    if (this.sendq === NO_WAITERS) this.sendq = new WaitQueue("chan send");
    return this.sendq;
  }

  /**
   * When a woken receiver runs. A sender that finds it at an unbuffered chan waits for it; at a buffered one the sender goes on
   * first, or every value would find the receiver asleep.
   */
  private get resumeOrder(): ResumeOrder {
    return this.cap === 0 ? NEXT : LATER;
  }

  get hasValue(): boolean {
    return this.buffer.count > 0 || this.sendq.head !== undefined;
  }

  /** Takes the oldest value; there is one. */
  take(): T {
    const sender = this.sendq.shift();
    // Unbuffered: the sender meets its receiver.
    if (this.buffer.count === 0) return sender?.wakeSender() as T;
    const value = this.buffer.shift();
    if (sender !== undefined) this.buffer.push(sender.wakeSender());
    return value as T;
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
      receiver.wakeReceiver(value, true, this.resumeOrder);
      return true;
    }
    if (this.buffer.count >= this.cap) return false;
    this.buffer.push(value);
    return true;
  }
}

/** Go: `make(chan T, cap)`. `cap` is how many values may wait without a receiver: 0 means that a send meets its receiver. */
export function chan<T>(cap = 0): Chan<T> {
  if (!Number.isSafeInteger(cap) || cap < 0)
    throw new RangeError(`chan: cap must be a whole number >= 0, got ${String(cap)}`);
  return new ChanCore<T>(cap);
}
