/**
 * Chan: Go's channel.
 *
 * Invariants (whenever no method is running):
 * 1. At least one of `recvq` and `sendq` is empty.
 * 2. A waiting receiver means an empty buffer; a waiting sender means a full one.
 * 3. A closed chan has no waiters; its buffer may still hold values.
 * 4. `0 <= len <= cap`.
 * Values leave in the order in which they came, and waiters are served in the order in which they blocked.
 * Values are never handed to a promise bare, so a sent promise or thenable arrives unchanged.
 */

import { CloseOfClosedChannelError, SendOnClosedChannelError } from "./errors.ts";
import { blockNext, blockRecv, blockSend, blockUntil, CLOSED, DONE } from "./operation.ts";
import { done, later, spend } from "./scheduler.ts";
import type { Cancellable, Chan, Received } from "./types.ts";
import { LATER, NEXT, WaitQueue } from "./waiter.ts";

const EMPTY: unknown[] = [];

export class ChanCore<T> implements Chan<T> {
  // Fields are declared and set in the constructor: a third cheaper than field initializers on Node 20.
  declare readonly cap: number;
  declare closed: boolean;
  declare readonly recvq: WaitQueue;
  declare readonly sendq: WaitQueue;
  /** A ring: `count` values from `first` on. It grows by doubling, so a large capacity costs nothing until used. */
  declare ring: unknown[];
  declare first: number;
  declare count: number;

  constructor(cap: number) {
    this.cap = cap;
    this.closed = false;
    this.recvq = new WaitQueue("chan receive");
    this.sendq = new WaitQueue("chan send");
    this.ring = EMPTY;
    this.first = 0;
    this.count = 0;
  }

  get len(): number {
    return this.count;
  }

  send(value: T, options?: Cancellable): Promise<void> {
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.closed) return Promise.reject(new SendOnClosedChannelError());
    if (this.put(value)) return spend() ? done : later(undefined);
    return signal === undefined ? blockSend(this.sendq, value) : blockUntil(this.sendq, value, signal);
  }

  recv(options?: Cancellable): Promise<Received<T>> {
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.hasValue) {
      const value = this.take();
      // The literal stands inside Promise.resolve so that the compiler sees an array without `then`: a look-up less.
      return spend() ? Promise.resolve<Received<T>>([value, true]) : later<Received<T>>([value, true]);
    }
    if (this.closed) return spend() ? Promise.resolve(CLOSED) : later(CLOSED);
    return signal === undefined ? blockRecv(this.recvq) : blockUntil(this.recvq, undefined, signal);
  }

  trySend(value: T): boolean {
    if (this.closed) throw new SendOnClosedChannelError();
    return this.put(value);
  }

  tryRecv(): Received<T> | undefined {
    if (this.hasValue) return [this.take(), true];
    return this.closed ? CLOSED : undefined;
  }

  close(): void {
    if (this.closed) throw new CloseOfClosedChannelError();
    this.closed = true;
    for (let w = this.recvq.shift(); w !== undefined; w = this.recvq.shift())
      w.received(undefined, false, NEXT);
    for (let w = this.sendq.shift(); w !== undefined; w = this.sendq.shift())
      w.panic(new SendOnClosedChannelError());
  }

  /** Go: `for v := range c`. Ends when the chan is closed and drained; leaving early leaves the chan open. */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return {
      next: () => {
        if (this.hasValue) {
          const value = this.take();
          return spend() ? Promise.resolve({ value, done: false }) : later({ value, done: false });
        }
        if (this.closed) return spend() ? Promise.resolve(DONE) : later(DONE);
        return blockNext(this.recvq);
      },
    };
  }

  get hasValue(): boolean {
    return this.count > 0 || this.sendq.head !== undefined;
  }

  /** Takes the oldest value; there is one. */
  take(): T {
    const sender = this.sendq.shift();
    // Unbuffered: the sender meets its receiver.
    if (this.count === 0) return sender?.sent() as T;
    const value = this.pop();
    if (sender !== undefined) this.push(sender.sent());
    return value as T;
  }

  get canRecv(): boolean {
    return this.hasValue || this.closed;
  }

  get canSend(): boolean {
    return this.closed || this.recvq.head !== undefined || this.count < this.cap;
  }

  /** Hands over to the first receiver or to the buffer, if it can. */
  protected put(value: T): boolean {
    const receiver = this.recvq.shift();
    if (receiver !== undefined) {
      // Never through the buffer: a third routine could take the value before the woken receiver runs.
      receiver.received(value, true, this.cap === 0 ? NEXT : LATER);
      return true;
    }
    if (this.count >= this.cap) return false;
    this.push(value);
    return true;
  }

  private push(value: unknown): void {
    const size = this.ring.length;
    if (this.count === size) this.grow(size);
    this.ring[(this.first + this.count) & (this.ring.length - 1)] = value;
    this.count++;
  }

  private pop(): unknown {
    const value = this.ring[this.first];
    this.ring[this.first] = undefined;
    this.first = (this.first + 1) & (this.ring.length - 1);
    this.count--;
    return value;
  }

  private grow(size: number): void {
    const bigger = new Array<unknown>(size === 0 ? 4 : size * 2).fill(undefined);
    for (let i = 0; i < size; i++) bigger[i] = this.ring[(this.first + i) & (size - 1)];
    this.ring = bigger;
    this.first = 0;
  }
}

/** Go: `make(chan T, cap)`. `cap` is how many values may wait without a receiver: 0 means that a send meets its receiver. */
export function chan<T>(cap = 0): Chan<T> {
  if (!Number.isSafeInteger(cap) || cap < 0)
    throw new RangeError(`chan: cap must be a whole number >= 0, got ${String(cap)}`);
  return new ChanCore<T>(cap);
}
