/**
 * Who waits on a chan: a first-in-first-out queue, doubly linked, so that a waiter leaves from the middle in O(1).
 *
 * Invariants:
 * 1. A waiter stands in at most one queue, and `waiter.queue` names it until the waiter is woken.
 * 2. A waiter in a queue is live: whoever takes it out must wake it, and the losers of a select are taken out in the
 *    stretch in which the winner wins. So `head !== undefined` means that somebody really waits.
 * 3. Whoever wakes a waiter is done with it: it may be used again for another operation.
 */

import { afterTurn, spend } from "./scheduler.ts";

/** Resolves the promise that a blocked routine awaits. To reject is to resolve with a rejected promise. */
export type Resolve = (result: unknown) => void;

export interface Waiter {
  queue: WaitQueue | undefined;
  prev: Waiter | undefined;
  next: Waiter | undefined;
  /** Wakes a receiver with a value, or with `undefined, false` when the chan was closed. */
  received(value: unknown, ok: boolean, turn: Turn): void;
  /** Wakes a sender, and answers the value that it offers. */
  sent(): unknown;
  /** Wakes a sender whose chan was closed. */
  panic(error: unknown): void;
}

/** NEXT: the woken routine runs before the one that wakes it goes on. LATER: after it. */
export type Turn = 0 | 1;
export const NEXT: Turn = 0;
export const LATER: Turn = 1;

const now: Promise<void> = Promise.resolve();

/**
 * Wakes a routine that was blocked, and counts its operation: now, not when it blocked. So when a turn has had its share
 * nobody is woken any more, and a value that goes from routine to routine stops where it is.
 */
export function wake(resolve: Resolve, result: unknown, turn: Turn): void {
  if (spend()) answer(resolve, result, turn);
  else postpone(resolve, result, turn);
}

/** Wakes a routine with an error, and counts its operation. Nobody has seen the error until then, so it is no unhandled one. */
export function wakeWithError(resolve: Resolve, error: unknown): void {
  if (spend()) resolve(Promise.reject(error));
  else afterTurn(() => resolve(Promise.reject(error)));
}

/** Stands alone, as a function that holds a closure pays for it at every call. */
function postpone(resolve: Resolve, result: unknown, turn: Turn): void {
  afterTurn(() => answer(resolve, result, turn));
}

function answer(resolve: Resolve, result: unknown, turn: Turn): void {
  if (turn === NEXT) resolve(result);
  else answerLater(resolve, result);
}

/** After the running routine has gone on to its next await. */
function answerLater(resolve: Resolve, result: unknown): void {
  void now.then(() => resolve(result));
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
