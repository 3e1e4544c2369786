/** A routine that is blocked: its waiter in the queue of a chan, the promise that it awaits, and how it is woken. */

import { Member, notBlocked, type Resolve, registry } from "./registry.ts";
import { afterTurn, spend } from "./scheduler.ts";
import { NEXT, type ResumeOrder, type Waiter, type WaitQueue } from "./wait-queue.ts";
import { keep } from "./waiter-pool.ts";

let blocking: BlockedRoutine;
/**
 * One executor for all promises. A closure for each would cost no more here, but then the engine compiles less into the loops around
 * `trySend` and `tryRecv`, which are a tenth slower. `reject` is not kept: a kept function is 64 bytes for each blocked routine. A
 * constant of this file, or the compiler would not see into it.
 */
const capture = (resolve: Resolve): void => {
  blocking.resolve = resolve;
};

/** How many routines have blocked. */
let blocks = 0;

export abstract class BlockedRoutine extends Member implements Waiter {
  declare queue: WaitQueue | undefined;
  declare prev: Waiter | undefined;
  declare next: Waiter | undefined;
  /** What a send offers. */
  declare value: unknown;

  constructor() {
    super();
    this.queue = undefined;
    this.prev = undefined;
    this.next = undefined;
    this.value = undefined;
  }
  abstract wakeReceiver(value: unknown, ok: boolean, order: ResumeOrder): void;
  abstract wakeSender(): unknown;
  abstract wakeWithPanic(error: unknown): void;

  /** Returns the promise that the routine awaits. */
  protected block<R>(): Promise<R> {
    blocks = (blocks + 1) | 0;
    this.since = blocks;
    blocking = this;
    return new Promise<unknown>(capture) as Promise<R>;
  }
  /** Returns what wakes the routine. */
  protected unblock(): Resolve {
    const { resolve } = this;
    this.resolve = notBlocked;
    return resolve;
  }
}

/**
 * Wakes a routine and counts its operation: now, not when it blocked. So once an event-loop turn has had its share no routine
 * is woken any more, and a value that goes from routine to routine stops where it is.
 */
export function wake(resolve: Resolve, result: unknown, order: ResumeOrder): void {
  if (spend()) resume(resolve, result, order);
  else postpone(resolve, result, order);
}

/** Wakes a routine with an error and counts its operation. Nothing has seen the error until then, so it is no unhandled one. */
export function wakeWithError(resolve: Resolve, error: unknown): void {
  if (spend()) resolve(Promise.reject(error));
  else afterTurn(() => resolve(Promise.reject(error)), { wakes: resolve });
}

/** A function of its own, because a function that holds a closure pays for it at every call. */
function postpone(resolve: Resolve, result: unknown, order: ResumeOrder): void {
  afterTurn(() => resume(resolve, result, order), { wakes: resolve, result });
}

function resume(resolve: Resolve, result: unknown, order: ResumeOrder): void {
  if (order === NEXT) resolve(result);
  else resumeLater(resolve, result);
}

const done: Promise<void> = Promise.resolve();

function resumeLater(resolve: Resolve, result: unknown): void {
  void done.then(() => resolve(result));
}

/** One `send`, `recv` or step of a `for await` that blocks. */
export class Operation extends BlockedRoutine {
  /** A step of a `for await`: it resolves with an iterator's result. */
  declare isStep: boolean;

  constructor() {
    super();
    this.isStep = false;
  }
  get waitsFor(): string {
    const { queue } = this;
    return queue?.isOfOtherClock ? "chan receive (timer made outside this bubble)" : (queue?.waitsFor ?? "");
  }
  waitIn<R>(queue: WaitQueue, value: unknown, isStep: boolean): Promise<R> {
    this.value = value;
    this.isStep = isStep;
    const promise = this.block<R>();
    queue.push(this);
    return promise;
  }
  wakeReceiver(value: unknown, ok: boolean, order: ResumeOrder): void {
    wake(this.leave(), this.isStep ? { value, done: !ok } : [value, ok], order);
  }
  wakeSender(): unknown {
    const { value } = this;
    wake(this.leave(), undefined, NEXT);
    return value;
  }
  wakeWithPanic(error: unknown): void {
    wakeWithError(this.leave(), error);
  }
  /** Its queue has let it go, so it may serve another routine. Returns what wakes the routine that it served. */
  private leave(): Resolve {
    this.queue = undefined;
    this.value = undefined;
    this.free();
    return this.unblock();
  }
  protected free(): void {
    keep(this.registry.spareOperations, this);
  }
}

function operation(): Operation {
  return (registry.spareOperations.pop() as Operation | undefined) ?? new Operation();
}

export function blockRecv<R>(queue: WaitQueue): Promise<R> {
  return operation().waitIn(queue, undefined, false);
}

export function blockNext<R>(queue: WaitQueue): Promise<R> {
  return operation().waitIn(queue, undefined, true);
}

export function blockSend(queue: WaitQueue, value: unknown): Promise<void> {
  return operation().waitIn(queue, value, false);
}
