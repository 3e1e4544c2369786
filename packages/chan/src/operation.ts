/** One `send`, `recv` or step of a `for await` that blocks. */

import { Parked, ring } from "./parked.ts";
import { pending, type Resolve, resolve } from "./pending.ts";
import { NEXT, type Turn, type WaitQueue, wake } from "./waiter.ts";

export const CLOSED: readonly [undefined, false] = [undefined, false];
export const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

class Operation extends Parked {
  /** A step of a `for await`, which is answered in the words of an iterator. */
  declare isStep: boolean;

  constructor() {
    super();
    this.isStep = false;
  }
  get waitsFor(): string {
    return this.queue?.waitsFor ?? "";
  }
  stand(queue: WaitQueue, value: unknown, resolve: Resolve, isStep: boolean): void {
    this.value = value;
    this.isStep = isStep;
    this.block(resolve);
    queue.push(this);
  }
  received(value: unknown, ok: boolean, turn: Turn): void {
    const { isStep } = this;
    const resolve = this.leave();
    const result = isStep ? (ok ? { value, done: false } : DONE) : ok ? [value, true] : CLOSED;
    wake(resolve, result, turn);
  }
  sent(): unknown {
    const { value } = this;
    this.value = undefined;
    wake(this.leave(), undefined, NEXT);
    return value;
  }
  panic(error: unknown): void {
    this.value = undefined;
    this.leave()(Promise.reject(error));
  }
  /** Out of the queue already. Answers what wakes the routine. */
  private leave(): Resolve {
    this.free();
    return this.unblock();
  }
  protected free(): void {
    this.retire(this.ring.spareOperations);
  }
}

function operation(): Operation {
  return (ring.spareOperations.pop() as Operation | undefined) ?? new Operation();
}

export function blockRecv<R>(queue: WaitQueue): Promise<R> {
  const promise = pending<R>();
  operation().stand(queue, undefined, resolve, false);
  return promise;
}

export function blockNext<R>(queue: WaitQueue): Promise<R> {
  const promise = pending<R>();
  operation().stand(queue, undefined, resolve, true);
  return promise;
}

export function blockSend(queue: WaitQueue, value: unknown): Promise<void> {
  const promise = pending<void>();
  operation().stand(queue, value, resolve, false);
  return promise;
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
  protected override free(): void {
    this.signal.removeEventListener("abort", this.onAbort);
    this.unlink();
  }
}

/** Like `blockSend` and `blockRecv`, until the signal aborts. Whatever ends the wait takes the listener away. */
export function blockUntil<R>(queue: WaitQueue, value: unknown, signal: AbortSignal): Promise<R> {
  const promise = pending<R>();
  new Abortable(signal).stand(queue, value, resolve, false);
  return promise;
}
