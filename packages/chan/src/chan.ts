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
import { settled } from "./scheduler.ts";
import type { Cancellable, Chan, Received } from "./types.ts";
import { type Waiter, WaitQueue } from "./waiter.ts";

const CLOSED: Received<never> = [undefined, false];

/** One `send` or `recv` that blocks. */
class Operation implements Waiter {
  queue: WaitQueue | undefined = undefined;
  prev: Waiter | undefined = undefined;
  next: Waiter | undefined = undefined;
  value: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;

  constructor(value: unknown, resolve: (result: unknown) => void, reject: (error: unknown) => void) {
    this.value = value;
    this.resolve = resolve;
    this.reject = reject;
  }
  received(value: unknown, ok: boolean): void {
    this.resolve(ok ? [value, true] : CLOSED);
  }
  sent(): void {
    this.resolve(undefined);
  }
  panic(error: Error): void {
    this.reject(error);
  }
}

export class ChanCore<T> implements Chan<T> {
  readonly cap: number;
  closed = false;
  readonly recvq = new WaitQueue();
  readonly sendq = new WaitQueue();
  /** A ring: `count` values from `first` on. It grows by doubling, so a large capacity costs nothing until used. */
  ring: unknown[] = [];
  first = 0;
  count = 0;

  constructor(cap: number) {
    this.cap = cap;
  }

  get len(): number {
    return this.count;
  }

  send(value: T, options?: Cancellable): Promise<void> {
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.closed) return Promise.reject(new SendOnClosedChannelError());
    if (this.put(value)) return settled(undefined);
    return this.block<void>(this.sendq, value, signal);
  }

  recv(options?: Cancellable): Promise<Received<T>> {
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(signal.reason);
    const received = this.tryRecv();
    if (received !== undefined) return settled(received);
    return this.block<Received<T>>(this.recvq, undefined, signal);
  }

  trySend(value: T): boolean {
    if (this.closed) throw new SendOnClosedChannelError();
    return this.put(value);
  }

  tryRecv(): Received<T> | undefined {
    if (this.count > 0) {
      const value = this.pop();
      const sender = this.sendq.shift();
      if (sender !== undefined) {
        this.push(sender.value);
        sender.sent();
      }
      return [value as T, true];
    }
    const sender = this.sendq.shift();
    if (sender !== undefined) {
      const value = sender.value;
      sender.sent();
      return [value as T, true];
    }
    return this.closed ? CLOSED : undefined;
  }

  close(): void {
    if (this.closed) throw new CloseOfClosedChannelError();
    this.closed = true;
    for (let w = this.recvq.shift(); w !== undefined; w = this.recvq.shift()) w.received(undefined, false);
    for (let w = this.sendq.shift(); w !== undefined; w = this.sendq.shift())
      w.panic(new SendOnClosedChannelError());
  }

  /** Go: `for v := range c`. Ends when the chan is closed and drained; leaving early leaves the chan open. */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return {
      next: async () => {
        const [value, ok] = await this.recv();
        return ok ? { value: value as T, done: false } : { value: undefined, done: true };
      },
    };
  }

  get canRecv(): boolean {
    return this.count > 0 || this.sendq.head !== undefined || this.closed;
  }

  get canSend(): boolean {
    return this.closed || this.recvq.head !== undefined || this.count < this.cap;
  }

  /** Hands over to the first receiver or to the buffer, if it can. */
  private put(value: T): boolean {
    const receiver = this.recvq.shift();
    if (receiver !== undefined) {
      // Never through the buffer: a third routine could take the value before the woken receiver runs.
      receiver.received(value, true);
      return true;
    }
    if (this.count >= this.cap) return false;
    this.push(value);
    return true;
  }

  private block<R>(queue: WaitQueue, value: unknown, signal: AbortSignal | undefined): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      if (signal === undefined) {
        queue.push(new Operation(value, resolve as (r: unknown) => void, reject));
        return;
      }
      const onAbort = (): void => {
        queue.remove(operation);
        reject(signal.reason);
      };
      const operation = new Operation(
        value,
        (result) => {
          signal.removeEventListener("abort", onAbort);
          resolve(result as R);
        },
        (error) => {
          signal.removeEventListener("abort", onAbort);
          reject(error);
        },
      );
      queue.push(operation);
      signal.addEventListener("abort", onAbort, { once: true });
    });
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
