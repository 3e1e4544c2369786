/**
 * The registry of blocked routines, from which the deadlock report is made. Each bubble has a registry of its own.
 *
 * It knows queues, and the queues hold their waiters: a routine that blocks pays only for a look whether its queue is known. It
 * holds them for real: were they held weakly, a report would miss what the garbage collector has found before.
 *
 * Invariants:
 * 1. A queue in which a routine of this registry waits, or whose spare waiter belongs to it, is in `queues`. One that is empty
 *    may be there until the next sweep.
 * 2. A routine that can never go on stays blocked, as a goroutine does in Go.
 */

import { scheduler } from "./scheduler.ts";
import { NO_SPARE, WaitQueue } from "./wait-queue.ts";
import type { BlockedWaiter, Waiter } from "./waiter.ts";

/** With fewer queues than this a sweep is not worth it. */
const QUEUES_MIN = 64;

export class Registry {
  /** How many routines that `go` started here have not ended. */
  live = 0;
  readonly end = (): void => {
    this.live--;
  };
  readonly crash = (error: unknown): void => {
    this.live--;
    scheduler.crash(error);
  };
  /** Where a select without cases waits. */
  readonly nowhere = new WaitQueue("select (no cases)");
  /** It has a queue twice when another registry came to know that in between. */
  private queues: WaitQueue[] = [];
  private sweepAt = QUEUES_MIN;

  /** From now on it knows the queue, whose spare waiter belongs to the registry before. */
  enrol(queue: WaitQueue): WaitQueue {
    if (this.queues.length >= this.sweepAt) this.sweep();
    this.queues.push(queue);
    queue.registry = this;
    queue.spare = NO_SPARE;
    return queue;
  }

  /** Forgets the queues that are empty, or it would keep those of chans that nobody uses any more. */
  private sweep(): void {
    const queues = new Set(this.queues);
    for (const queue of queues) {
      if (queue.head !== undefined) continue;
      queues.delete(queue);
      if (queue.registry === this) queue.registry = undefined;
      if (queue.spare.home === this) queue.spare = NO_SPARE;
    }
    this.queues = [...queues];
    this.sweepAt = Math.max(QUEUES_MIN, 2 * queues.size);
  }

  /** The routines that are blocked, in the order in which they blocked. */
  blocked(): BlockedWaiter[] {
    const blocked: BlockedWaiter[] = [];
    for (const queue of new Set([this.nowhere, ...this.queues]))
      for (let w = queue.head; w !== undefined; w = w.next)
        if (w.home === this && isBlocked(w)) blocked.push(w);
    return blocked.sort((a, b) => (a.since - b.since) | 0);
  }
}

/** False for the waiters of a select after its first. */
function isBlocked(waiter: Waiter): waiter is BlockedWaiter {
  return waiter.resolve !== undefined;
}

/** The registry in place. */
export let registry: Registry = new Registry();

/** Puts `next` in place. Returns a function that puts the registry before it back. */
export function enterRegistry(next: Registry): () => void {
  const before = registry;
  registry = next;
  return () => {
    registry = before;
  };
}
