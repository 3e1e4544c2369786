/**
 * Who waits on a chan: a first-in-first-out queue of waiters, doubly linked, so that a waiter leaves from the middle in O(1).
 *
 * Invariants:
 * 1. A waiter stands in at most one queue, and `waiter.queue` names it.
 * 2. A waiter in a queue is live: whoever takes it from the queue must wake it, and losers of a select are taken out at
 *    once. So a queue never holds stale waiters, and `head !== undefined` means that somebody really waits.
 */

export interface Waiter {
  queue: WaitQueue | undefined;
  prev: Waiter | undefined;
  next: Waiter | undefined;
  /** The value that a blocked sender offers. */
  value: unknown;
  /** Wakes a receiver with a value, or with `undefined, false` when the chan was closed. */
  received(value: unknown, ok: boolean): void;
  /** Wakes a sender whose value was taken. */
  sent(): void;
  /** Wakes a sender whose chan was closed. */
  panic(error: Error): void;
}

export class WaitQueue {
  head: Waiter | undefined = undefined;
  tail: Waiter | undefined = undefined;

  push(waiter: Waiter): void {
    const last = this.tail;
    waiter.queue = this;
    waiter.prev = last;
    waiter.next = undefined;
    if (last === undefined) this.head = waiter;
    else last.next = waiter;
    this.tail = waiter;
  }

  /** Takes the waiter that has waited longest. */
  shift(): Waiter | undefined {
    const first = this.head;
    if (first !== undefined) this.remove(first);
    return first;
  }

  remove(waiter: Waiter): void {
    const { prev, next } = waiter;
    if (prev === undefined) this.head = next;
    else prev.next = next;
    if (next === undefined) this.tail = prev;
    else next.prev = prev;
    waiter.queue = undefined;
    waiter.prev = undefined;
    waiter.next = undefined;
  }
}
