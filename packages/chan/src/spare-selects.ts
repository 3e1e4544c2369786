/**
 * Waiters of selects that were woken, for the next select that blocks: a young object that is linked into an old queue costs the
 * garbage collector more than its memory does. Only a few, because where a thousand routines block, old waiters lie all over
 * the memory and a new one is cheaper.
 */

import type { Waiter } from "./waiter.ts";

const SPARES_MAX = 8;

/** Linked by `next`. */
let first: Waiter | undefined;
let count = 0;

/** Keeps the first waiter of a ring that serves no routine, or lets it go when there are enough. */
export function keep(waiter: Waiter): void {
  if (count === SPARES_MAX) return;
  count++;
  waiter.next = first;
  first = waiter;
}

export function takeSpare(): Waiter | undefined {
  const spare = first;
  if (spare === undefined) return undefined;
  count--;
  first = spare.next;
  spare.next = undefined;
  return spare;
}
