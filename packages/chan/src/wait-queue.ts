/**
 * The queue of the routines that block on a chan: first in, first out, and doubly linked, so that a waiter leaves from the middle
 * in O(1).
 *
 * Invariants:
 * 1. A waiter is in at most one queue, and `waiter.queue` names it.
 * 2. A waiter in a queue is blocked. The routine that takes it out wakes it, and the losers of a select are taken out in the
 *    same synchronous stretch in which the winner wins. So `head !== undefined` means that a routine really waits.
 * 3. A woken waiter is free: it may serve another operation at once.
 */

import type { Registry } from "./registry.ts";
import { Waiter } from "./waiter.ts";

/** The spare waiter of a queue that has none: it belongs to no registry. */
export const NO_SPARE = new Waiter(undefined, undefined);

export class WaitQueue {
  declare head: Waiter | undefined;
  /** The last waiter, when there are two or more: most queues never have a second one. */
  declare tail: Waiter | undefined;
  /** The waiter that was woken last. It serves the next operation that blocks here, unless it does so already. */
  declare spare: Waiter;
  /** The registry that knows this queue: the one in which a routine blocked here last. Undefined when it has forgotten it. */
  declare registry: Registry | undefined;
  /** What its waiters wait for, in the words of Go's runtime. */
  declare readonly waitsFor: string;

  constructor(waitsFor: string) {
    this.head = undefined;
    this.tail = undefined;
    this.spare = NO_SPARE;
    this.registry = undefined;
    this.waitsFor = waitsFor;
  }

  /** Its values come from another clock than the one in place: nothing here can wake its waiters. */
  get isOfOtherClock(): boolean {
    return false;
  }

  push(waiter: Waiter): void {
    if (this.head === undefined) this.head = waiter;
    else this.append(waiter, this.head);
  }

  private append(waiter: Waiter, first: Waiter): void {
    const last = first.next === undefined ? first : (this.tail as Waiter);
    waiter.prev = last;
    last.next = waiter;
    this.tail = waiter;
  }

  /** Takes the waiter that has waited longest. */
  shift(): Waiter | undefined {
    const first = this.head;
    if (first !== undefined) this.head = first.next === undefined ? undefined : this.afterFirst(first);
    return first;
  }

  private afterFirst(first: Waiter): Waiter {
    const next = first.next as Waiter;
    next.prev = undefined;
    // Cleared, or a waiter that survived a garbage collection would keep all later ones alive.
    first.next = undefined;
    return next;
  }

  remove(waiter: Waiter): void {
    const { prev, next } = waiter;
    if (prev === undefined) this.head = next;
    else prev.next = next;
    if (next === undefined) this.tail = prev;
    else next.prev = prev;
    waiter.prev = waiter.next = undefined;
  }
}
