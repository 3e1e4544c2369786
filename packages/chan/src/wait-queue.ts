/**
 * The queue of the routines that block on a chan: first in, first out, and doubly linked, so that a waiter leaves from the middle
 * in O(1).
 *
 * Invariants:
 * 1. A waiter is in at most one queue, and `waiter.queue` names it until the waiter is woken.
 * 2. A waiter in a queue is blocked. The routine that takes it out wakes it, and the losers of a select are taken out in the
 *    same synchronous stretch in which the winner wins. So `head !== undefined` means that a routine really waits.
 * 3. A woken waiter is free: it may serve another operation at once.
 */

/** When a woken routine runs. NEXT: before the routine that wakes it goes on. LATER: after that routine's next await. */
export type ResumeOrder = 0 | 1;
export const NEXT: ResumeOrder = 0;
export const LATER: ResumeOrder = 1;

export interface Waiter {
  queue: WaitQueue | undefined;
  prev: Waiter | undefined;
  next: Waiter | undefined;
  /** Wakes a receiver with a value, or with `undefined, false` when the chan was closed. */
  wakeReceiver(value: unknown, ok: boolean, order: ResumeOrder): void;
  /** Wakes a sender, and returns the value that it offers. */
  wakeSender(): unknown;
  /** Wakes a sender whose chan was closed: its send throws `error`. */
  wakeWithPanic(error: unknown): void;
}

export class WaitQueue {
  declare head: Waiter | undefined;
  declare tail: Waiter | undefined;
  /** What its waiters wait for, in the words of Go's runtime. */
  declare readonly waitsFor: string;

  constructor(waitsFor: string) {
    this.head = undefined;
    this.tail = undefined;
    this.waitsFor = waitsFor;
  }

  /** Its values come from another clock than the one in place: nothing here can wake its waiters. */
  get isOfOtherClock(): boolean {
    return false;
  }

  push(waiter: Waiter): void {
    const last = this.tail;
    waiter.queue = this;
    waiter.prev = last;
    if (last === undefined) this.head = waiter;
    else last.next = waiter;
    this.tail = waiter;
  }

  /** Takes the waiter that has waited longest. */
  shift(): Waiter | undefined {
    const first = this.head;
    if (first === undefined) return undefined;
    const { next } = first;
    this.head = next;
    if (next === undefined) this.tail = undefined;
    else {
      next.prev = undefined;
      // Cleared, or a waiter that survived a garbage collection would keep all later ones alive.
      first.next = undefined;
    }
    return first;
  }

  remove(waiter: Waiter): void {
    const { prev, next } = waiter;
    if (prev === undefined) this.head = next;
    else prev.next = next;
    if (next === undefined) this.tail = prev;
    else next.prev = prev;
    waiter.queue = waiter.prev = waiter.next = undefined;
  }
}
