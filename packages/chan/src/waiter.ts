/**
 * A routine that is blocked. It waits in the queue of a chan, or, when it is a select, with one waiter in the queue of each case:
 * these are linked into a ring, and the first one that is woken takes the others out of their queues.
 *
 * One class for all kinds, so that the engine sees one shape in every queue, whatever kinds of programs run in one process. The
 * plain send and receive are looked at first; all that is rarer is in functions of its own, since the engine compiles only so
 * much into a loop that sends and receives.
 */

import { SendOnClosedChannelError } from "./errors.ts";
import type { Registry } from "./registry.ts";
import { scheduler } from "./scheduler.ts";
import { keep } from "./spare-selects.ts";
import type { WaitQueue } from "./wait-queue.ts";
import { NEXT, type Resolve, type ResumeOrder, wake, wakeNext, wakeWithError } from "./wake.ts";

/** A plain `recv` or `send`: it returns `[value, ok]`, or nothing. */
export const PLAIN = 0;
/** A step of a `for await`: it returns an iterator's result. */
export const STEP = 1;
/** As PLAIN, but a signal may end it. */
export const ABORTABLE = 2;
/** What a waiter serves; a text is the name of a case of a select. */
export type Kind = typeof PLAIN | typeof STEP | typeof ABORTABLE | string;

/** A waiter that serves a routine. */
export type BlockedWaiter = Waiter & { readonly resolve: Resolve };

export class Waiter {
  /** Where it waits. A waiter of a plain operation stays with its queue; one of a select has a queue only while it waits. */
  declare queue: WaitQueue | undefined;
  declare prev: Waiter | undefined;
  declare next: Waiter | undefined;
  /** The waiter of another case of the same select; itself, when there is none. */
  declare sibling: Waiter;
  /** The registry in which the routine blocked. */
  declare home: Registry | undefined;
  /**
   * Resolves the promise that the routine awaits; the stack of the routine is found through it. Undefined while it serves no
   * routine. Of a select only the first waiter has it.
   */
  declare resolve: Resolve | undefined;
  /** Grows with each routine that blocks, and wraps round. */
  declare since: number;
  declare kind: Kind;
  /** What a send offers. */
  declare value: unknown;

  constructor(queue: WaitQueue | undefined, home: Registry | undefined) {
    this.queue = queue;
    this.prev = undefined;
    this.next = undefined;
    this.sibling = this;
    this.home = home;
    this.resolve = undefined;
    this.since = 0;
    this.kind = PLAIN;
    this.value = undefined;
  }

  /** What the routine waits for, in the words of Go's runtime. */
  get waitsFor(): string {
    const { queue } = this;
    if (queue === undefined) return "";
    if (typeof this.kind !== "string")
      return queue.isOfOtherClock ? "chan receive (timer made outside this bubble)" : queue.waitsFor;
    if (queue === this.home?.nowhere) return queue.waitsFor;
    let waiter: Waiter = this;
    do {
      if (waiter.queue?.isOfOtherClock)
        return `select (case "${waiter.kind}": a timer made outside this bubble)`;
      waiter = waiter.sibling;
    } while (waiter !== this);
    return "select";
  }

  /** Its queue has let it go. Wakes its receiver with a value, or with `undefined, false` when the chan was closed. */
  receive(value: unknown, ok: boolean, order: ResumeOrder): void {
    if (this.kind === PLAIN && order === NEXT) wakeNext(this.stop(), [value, ok]);
    else this.receiveAs(value, ok, order);
  }

  private receiveAs(value: unknown, ok: boolean, order: ResumeOrder): void {
    if (this.kind === PLAIN) wake(this.stop(), [value, ok], order);
    else if (this.kind === STEP) wake(this.stop(), { value, done: !ok }, order);
    else {
      const { kind } = this.leave();
      wake(this.stopAll(), kind === ABORTABLE ? [value, ok] : { case: kind, value, ok }, order);
    }
  }

  /** Its queue has let it go. Wakes its sender, and returns the value that it offers. */
  offer(): unknown {
    if (this.kind !== PLAIN) return this.offerAs();
    const { value } = this;
    this.value = undefined;
    wakeNext(this.stop(), undefined);
    return value;
  }

  private offerAs(): unknown {
    const winner = this.leave();
    const { kind, value } = winner;
    winner.value = undefined;
    wakeNext(this.stopAll(), kind === ABORTABLE ? undefined : { case: kind });
    return value;
  }

  /** Its queue has let it go, since the chan was closed. Its sender throws. */
  panic(): void {
    const loser = this.leave();
    loser.value = undefined;
    // A close does not know the cases of a select; the error of one names the case.
    const name = typeof loser.kind === "string" ? loser.kind : undefined;
    wakeWithError(this.stopAll(), new SendOnClosedChannelError(name));
  }

  /** Returns what wakes the routine. From now on the waiter may serve another one that blocks in its queue. */
  private stop(): Resolve {
    const resolve = this.resolve as Resolve;
    const queue = this.queue as WaitQueue;
    this.resolve = undefined;
    if (queue.spare !== this) queue.spare = this;
    return resolve;
  }

  /** The same for all waiters of a select. */
  protected stopAll(): Resolve {
    let first: Waiter = this;
    while (first.resolve === undefined) first = first.sibling;
    const { resolve } = first;
    first.resolve = undefined;
    first.free();
    return resolve;
  }

  /** It has no routine any more. */
  protected free(): void {
    if (typeof this.kind === "string") keep(this);
  }

  /**
   * Takes the others of its select out of their queues, and returns the one that wins. Waiters of one select in the same queue are
   * equal, and only the order of their names decides which is taken first: so one of them is picked.
   */
  protected leave(): Waiter {
    const { queue } = this;
    let pick: Waiter = this;
    let equals = 1;
    for (let waiter = this.sibling; waiter !== this; waiter = waiter.sibling) {
      // A ring that has served a longer select.
      if (waiter.queue === undefined) continue;
      if (waiter.queue === queue && scheduler.random(++equals) * equals < 1) {
        pick.value = undefined;
        pick = waiter;
      } else waiter.value = undefined;
      waiter.queue.remove(waiter);
      waiter.queue = undefined;
    }
    this.queue = undefined;
    return pick;
  }
}
