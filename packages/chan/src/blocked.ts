/** How a routine blocks: it gets a waiter in the queue of a chan, or of several, and the promise that it awaits. */

import { registry } from "./registry.ts";
import { takeSpare } from "./spare-selects.ts";
import type { WaitQueue } from "./wait-queue.ts";
import { type Kind, type PLAIN, type STEP, Waiter } from "./waiter.ts";
import type { Resolve } from "./wake.ts";

let blocking: Waiter;
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

/** Blocks a `recv` or a step of a `for await`. */
export function blockRecv<R>(waiter: Waiter, kind: typeof PLAIN | typeof STEP): Promise<R> {
  waiter.kind = kind;
  return blockIn(waiter) as Promise<R>;
}

export function blockSend(waiter: Waiter, value: unknown): Promise<void> {
  waiter.value = value;
  return blockIn(waiter) as Promise<void>;
}

function blockIn(waiter: Waiter): Promise<unknown> {
  (waiter.queue as WaitQueue).push(waiter);
  return promiseOf(waiter);
}

/** Blocks an operation that has a waiter of its own. */
export function blockAs<R>(waiter: Waiter, kind: Kind, value: unknown): Promise<R> {
  waiter.kind = kind;
  waiter.value = value;
  return blockIn(waiter) as Promise<R>;
}

/** Returns the promise that the routine awaits. */
export function promiseOf(waiter: Waiter): Promise<unknown> {
  blocks = (blocks + 1) | 0;
  waiter.since = blocks;
  blocking = waiter;
  return new Promise<unknown>(capture);
}

/** The first waiter of a select. */
export function selectWaiter(): Waiter {
  const waiter = takeSpare() ?? new Waiter(undefined, registry);
  waiter.home = registry;
  return waiter;
}

/** The select that begins with `first` waits in one more queue. Its waiter before is `last`; returns the one that it uses now. */
export function enter(
  first: Waiter,
  last: Waiter | undefined,
  queue: WaitQueue,
  name: string,
  value: unknown,
): Waiter {
  let waiter = last === undefined ? first : last.sibling;
  if (last !== undefined && waiter === first) {
    waiter = new Waiter(undefined, registry);
    waiter.sibling = first;
    last.sibling = waiter;
  }
  waiter.queue = queue;
  waiter.kind = name;
  waiter.value = value;
  queue.push(waiter);
  return waiter;
}
