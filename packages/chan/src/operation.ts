/** One `send`, `recv` or step of a `for await` that blocks: the waiter that stands in the chan's queue for it. */

import { afterTurn, spend } from "./scheduler.ts";
import { answerLater, NEXT, type Turn, type Waiter, type WaitQueue } from "./waiter.ts";

type Resolve = (result: unknown) => void;

export const CLOSED: readonly [undefined, false] = [undefined, false];
const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

let resolve: Resolve;
let reject: Resolve;
/** One executor for all promises: a closure for each would cost more than the rest of the operation. */
function capture(yes: Resolve, no: Resolve): void {
  resolve = yes;
  reject = no;
}

class Operation implements Waiter {
  declare queue: WaitQueue | undefined;
  declare prev: Waiter | undefined;
  declare next: Waiter | undefined;
  declare readonly value: unknown;
  declare readonly resolve: Resolve;
  declare readonly reject: Resolve;

  constructor(value: unknown, resolve: Resolve, reject: Resolve) {
    this.queue = undefined;
    this.prev = undefined;
    this.next = undefined;
    this.value = value;
    this.resolve = resolve;
    this.reject = reject;
  }
  received(value: unknown, ok: boolean, turn: Turn): void {
    const received = ok ? [value, true] : CLOSED;
    if (turn === NEXT) this.resolve(received);
    else answerLater(this.resolve, received);
  }
  sent(): void {
    this.resolve(undefined);
  }
  panic(error: Error): void {
    this.reject(error);
  }
}

class Next extends Operation {
  override received(value: unknown, ok: boolean, turn: Turn): void {
    const result = ok ? { value, done: false } : DONE;
    if (turn === NEXT) this.resolve(result);
    else answerLater(this.resolve, result);
  }
}

/** The answer of a blocking operation, put off when this turn of the event loop has had its share. */
export function inTime(resolve: Resolve): Resolve {
  return spend() ? resolve : (result) => afterTurn(() => resolve(result));
}

// The paths without a signal allocate no closure: that is why they stand apart from `withSignal`.

export function blockRecv<R>(queue: WaitQueue): Promise<R> {
  const promise = new Promise<unknown>(capture);
  queue.push(new Operation(undefined, inTime(resolve), reject));
  return promise as Promise<R>;
}

export function blockNext<R>(queue: WaitQueue): Promise<R> {
  const promise = new Promise<unknown>(capture);
  queue.push(new Next(undefined, inTime(resolve), reject));
  return promise as Promise<R>;
}

export function blockSend(queue: WaitQueue, value: unknown): Promise<void> {
  const promise = new Promise<unknown>(capture);
  queue.push(new Operation(value, inTime(resolve), reject));
  return promise as Promise<void>;
}

/** Like `blockSend` and `blockRecv`, until the signal aborts. Whatever ends the wait takes the listener away. */
export function blockUntil<R>(queue: WaitQueue, value: unknown, signal: AbortSignal): Promise<R> {
  return new Promise((yes, no) => {
    const onAbort = (): void => {
      queue.remove(waiter);
      no(signal.reason);
    };
    const release = (): void => signal.removeEventListener("abort", onAbort);
    const answer = inTime((result) => yes(result as R));
    const waiter = new Operation(
      value,
      (result) => {
        release();
        answer(result);
      },
      (error) => {
        release();
        no(error);
      },
    );
    queue.push(waiter);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
