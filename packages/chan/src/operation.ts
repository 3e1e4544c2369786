/** One `send`, `recv` or step of a `for await` that blocks. */

import { Parked, ring } from "./parked.ts";
import { checkSignal, unwatch, watch } from "./signal.ts";
import { NEXT, type Resolve, type Turn, type WaitQueue, wake, wakeWithError } from "./waiter.ts";

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
  stand<R>(queue: WaitQueue, value: unknown, isStep: boolean): Promise<R> {
    this.value = value;
    this.isStep = isStep;
    const promise = this.block<R>();
    queue.push(this);
    return promise;
  }
  received(value: unknown, ok: boolean, turn: Turn): void {
    wake(this.leave(), this.isStep ? { value, done: !ok } : [value, ok], turn);
  }
  sent(): unknown {
    const { value } = this;
    wake(this.leave(), undefined, NEXT);
    return value;
  }
  panic(error: unknown): void {
    wakeWithError(this.leave(), error);
  }
  /** Out of the queue already. Answers what wakes the routine. */
  private leave(): Resolve {
    this.queue = undefined;
    this.value = undefined;
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
  return operation().stand(queue, undefined, false);
}

export function blockNext<R>(queue: WaitQueue): Promise<R> {
  return operation().stand(queue, undefined, true);
}

export function blockSend(queue: WaitQueue, value: unknown): Promise<void> {
  return operation().stand(queue, value, false);
}

/** An operation that a signal may end. Its signal may keep it, so it is used only once. */
class AbortableOperation extends Operation {
  declare readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    super();
    this.signal = signal;
    watch(signal, this);
  }
  abort(reason: unknown): void {
    this.queue?.remove(this);
    this.panic(reason);
  }
  /** The signal is left when the operation is woken, not when its routine runs: an abort in between would come twice. */
  protected override free(): void {
    unwatch(this.signal, this);
    this.unlink();
  }
}

/** Like `blockSend` and `blockRecv`, until the signal aborts. */
export function blockUntil<R>(
  who: string,
  queue: WaitQueue,
  value: unknown,
  signal: AbortSignal,
): Promise<R> {
  checkSignal(who, signal);
  return new AbortableOperation(signal).stand(queue, value, false);
}
