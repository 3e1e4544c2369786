/** One `send`, `recv` or step of a `for await` that blocks: the waiter that stands in the chan's queue for it. */

import { type Parked, park, unpark } from "./parked.ts";
import { NEXT, type Resolve, type Turn, type Waiter, type WaitQueue, wake } from "./waiter.ts";

export const CLOSED: readonly [undefined, false] = [undefined, false];
export const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

let resolve: Resolve;
/**
 * One executor for all promises: a closure for each would cost more than the rest of the operation. `reject` is not
 * kept: to reject is to resolve with a rejected promise, and a kept function is 64 bytes for each blocked routine.
 */
function capture(yes: Resolve): void {
  resolve = yes;
}

function nobody(): void {}

class Operation implements Waiter, Parked {
  declare queue: WaitQueue | undefined;
  declare prev: Waiter | undefined;
  declare next: Waiter | undefined;
  declare before: Parked;
  declare after: Parked;
  declare value: unknown;
  declare resolve: Resolve;
  /** A step of a `for await`, which is answered in the words of an iterator. */
  declare isStep: boolean;

  constructor() {
    this.queue = undefined;
    this.prev = undefined;
    this.next = undefined;
    this.before = this;
    this.after = this;
    this.value = undefined;
    this.resolve = nobody;
    this.isStep = false;
  }
  get waitsFor(): string {
    return this.queue?.waitsFor ?? "";
  }
  stand(queue: WaitQueue, value: unknown, resolve: Resolve, isStep: boolean): void {
    this.value = value;
    this.resolve = resolve;
    this.isStep = isStep;
    queue.push(this);
    park(this);
  }
  received(value: unknown, ok: boolean, turn: Turn): void {
    const { isStep } = this;
    const resolve = this.leave();
    const result = isStep ? (ok ? { value, done: false } : DONE) : ok ? [value, true] : CLOSED;
    wake(resolve, result, turn);
  }
  sent(): unknown {
    const { value } = this;
    wake(this.leave(), undefined, NEXT);
    return value;
  }
  panic(error: unknown): void {
    this.leave()(Promise.reject(error));
  }
  /** Out of the queue already: out of the ring, and into the store. Answers what wakes the routine. */
  protected leave(): Resolve {
    const { resolve } = this;
    unpark(this);
    this.resolve = nobody;
    this.value = undefined;
    if (stored < STORE_SIZE) store[stored++] = this;
    return resolve;
  }
}

/**
 * Operations that have left, to be used again: a young object linked into an old queue costs the garbage collector more
 * than its memory does. Only a few: where a thousand routines block, old operations lie all over the memory, and a new one
 * is cheaper (the sieve took a fifth longer with 128).
 */
const STORE_SIZE = 8;
const store: Operation[] = [];
let stored = 0;

function operation(): Operation {
  return stored > 0 ? (store[--stored] as Operation) : new Operation();
}

/** A new promise for a routine that blocks; `block` is told how to answer it. */
export function suspend<R>(block: (resolve: Resolve) => void): Promise<R> {
  const promise = new Promise<unknown>(capture);
  block(resolve);
  return promise as Promise<R>;
}

// The paths without a signal allocate no closure: that is why they stand apart from `blockUntil`.

export function blockRecv<R>(queue: WaitQueue): Promise<R> {
  const promise = new Promise<unknown>(capture);
  operation().stand(queue, undefined, resolve, false);
  return promise as Promise<R>;
}

export function blockNext<R>(queue: WaitQueue): Promise<R> {
  const promise = new Promise<unknown>(capture);
  operation().stand(queue, undefined, resolve, true);
  return promise as Promise<R>;
}

export function blockSend(queue: WaitQueue, value: unknown): Promise<void> {
  const promise = new Promise<unknown>(capture);
  operation().stand(queue, value, resolve, false);
  return promise as Promise<void>;
}

/** An operation that a signal may end. Its signal may keep it, so it is used only once. */
class Abortable extends Operation {
  declare readonly signal: AbortSignal;
  declare readonly onAbort: () => void;

  constructor(signal: AbortSignal) {
    super();
    this.signal = signal;
    this.onAbort = () => {
      this.queue?.remove(this);
      this.panic(signal.reason);
    };
    signal.addEventListener("abort", this.onAbort);
  }
  /** The listener goes when the operation is woken, not when its routine runs: an abort in between would come twice. */
  protected override leave(): Resolve {
    const { resolve } = this;
    unpark(this);
    this.signal.removeEventListener("abort", this.onAbort);
    return resolve;
  }
}

/** Like `blockSend` and `blockRecv`, until the signal aborts. Whatever ends the wait takes the listener away. */
export function blockUntil<R>(queue: WaitQueue, value: unknown, signal: AbortSignal): Promise<R> {
  return suspend((resolve) => new Abortable(signal).stand(queue, value, resolve, false));
}
