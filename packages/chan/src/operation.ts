/** One `send`, `recv` or step of a `for await` that blocks: the waiter that stands in the chan's queue for it. */

import { bare, type Parked, park, unpark } from "./parked.ts";
import { afterTurn, spend } from "./scheduler.ts";
import { answerLater, NEXT, type Turn, type Waiter, type WaitQueue } from "./waiter.ts";

export type Resolve = (result: unknown) => void;

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

class Operation implements Waiter, Parked {
  declare queue: WaitQueue | undefined;
  declare prev: Waiter | undefined;
  declare next: Waiter | undefined;
  declare before: Parked;
  declare after: Parked;
  declare readonly value: unknown;
  declare readonly resolve: Resolve;

  constructor(queue: WaitQueue, value: unknown, resolve: Resolve) {
    this.queue = undefined;
    this.prev = undefined;
    this.next = undefined;
    this.before = this;
    this.after = this;
    this.value = value;
    this.resolve = resolve;
    queue.push(this);
    park(this);
  }
  get waitsFor(): string {
    return this.queue?.waitsFor ?? "";
  }
  received(value: unknown, ok: boolean, turn: Turn): void {
    unpark(this);
    const received = ok ? [value, true] : CLOSED;
    if (turn === NEXT) this.resolve(received);
    else answerLater(this.resolve, received);
  }
  sent(): void {
    unpark(this);
    this.resolve(undefined);
  }
  panic(error: unknown): void {
    unpark(this);
    this.resolve(Promise.reject(error));
  }
}

class Next extends Operation {
  override received(value: unknown, ok: boolean, turn: Turn): void {
    unpark(this);
    const result = ok ? { value, done: false } : DONE;
    if (turn === NEXT) this.resolve(result);
    else answerLater(this.resolve, result);
  }
}

/** The answer of a blocking operation, put off when this turn of the event loop has had its share. */
function inTime(resolve: Resolve): Resolve {
  if (spend()) return resolve;
  const answer: Resolve = (result) => afterTurn(() => resolve(result));
  bare.set(answer, resolve);
  return answer;
}

/** A new promise for a routine that blocks; `wake` is told how to answer it. */
export function suspend<R>(wake: (resolve: Resolve) => void): Promise<R> {
  const promise = new Promise<unknown>(capture);
  wake(inTime(resolve));
  return promise as Promise<R>;
}

// The paths without a signal allocate no closure: that is why they stand apart from `blockUntil`.

export function blockRecv<R>(queue: WaitQueue): Promise<R> {
  const promise = new Promise<unknown>(capture);
  new Operation(queue, undefined, inTime(resolve));
  return promise as Promise<R>;
}

export function blockNext<R>(queue: WaitQueue): Promise<R> {
  const promise = new Promise<unknown>(capture);
  new Next(queue, undefined, inTime(resolve));
  return promise as Promise<R>;
}

export function blockSend(queue: WaitQueue, value: unknown): Promise<void> {
  const promise = new Promise<unknown>(capture);
  new Operation(queue, value, inTime(resolve));
  return promise as Promise<void>;
}

/** Like `blockSend` and `blockRecv`, until the signal aborts. Whatever ends the wait takes the listener away. */
export function blockUntil<R>(queue: WaitQueue, value: unknown, signal: AbortSignal): Promise<R> {
  return suspend((resolve) => {
    const answer: Resolve = (result) => {
      signal.removeEventListener("abort", onAbort);
      resolve(result);
    };
    bare.set(answer, bare.get(resolve) ?? resolve);
    const operation = new Operation(queue, value, answer);
    function onAbort(): void {
      queue.remove(operation);
      operation.panic(signal.reason);
    }
    signal.addEventListener("abort", onAbort);
  });
}
