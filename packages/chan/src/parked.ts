/**
 * All routines that block on a chan, so that a deadlock can be told: a ring of what they left in the queues, blocked or
 * spare.
 *
 * Invariants:
 * 1. A member is blocked from `block` to `unblock`. A routine that can never go on stays blocked, as a goroutine does in Go.
 * 2. A member that is not blocked is a spare: nobody else holds it, and it may serve another routine.
 * Each bubble has a ring of its own.
 *
 * Why spares stay in the ring: to link and unlink each operation that blocks costs as much as the rest of it, and a young
 * object that is linked into an old queue costs the garbage collector more than its memory does. Why only a few: where a
 * thousand routines block, old members lie all over the memory, and a new one is cheaper.
 */

import { scheduler } from "./scheduler.ts";
import type { Resolve, Turn, Waiter, WaitQueue } from "./waiter.ts";

const SPARES = 8;

function nobody(): void {}

let blocking: Parked;
/**
 * One executor for all promises: a closure for each would cost more than the rest of the operation. What it is told goes
 * straight to who blocks. `reject` is not kept: a kept function is 64 bytes for each blocked routine. A constant of this
 * file, or the compiler would not see into it.
 */
const capture = (resolve: Resolve): void => {
  blocking.resolve = resolve;
};

/** A routine that blocks: the waiter that stands in a chan's queue for it. */
export abstract class Parked implements Waiter {
  declare queue: WaitQueue | undefined;
  declare prev: Waiter | undefined;
  declare next: Waiter | undefined;
  /** What a send offers. */
  declare value: unknown;
  declare before: Parked | Ring;
  declare after: Parked | Ring;
  declare readonly ring: Ring;
  /** Resolves the promise that the routine awaits; its stack is found through it. */
  declare resolve: Resolve;
  /** Grows with each routine that blocks, and wraps round. */
  declare since: number;

  constructor() {
    this.queue = undefined;
    this.prev = undefined;
    this.next = undefined;
    this.value = undefined;
    const last = ring.before;
    this.before = last;
    this.after = ring;
    this.ring = ring;
    this.resolve = nobody;
    this.since = 0;
    last.after = this;
    ring.before = this;
  }
  /** What it waits for, in the words of Go's runtime. */
  abstract get waitsFor(): string;
  abstract received(value: unknown, ok: boolean, turn: Turn): void;
  abstract sent(): unknown;
  abstract panic(error: unknown): void;

  /** Answers the promise that the routine awaits. */
  protected block<R>(): Promise<R> {
    now = (now + 1) | 0;
    this.since = now;
    blocking = this;
    return new Promise<unknown>(capture) as Promise<R>;
  }
  /** Answers what wakes the routine. */
  protected unblock(): Resolve {
    const { resolve } = this;
    this.resolve = nobody;
    return resolve;
  }
  /** Becomes a spare of its kind, or leaves the ring when there are enough. */
  protected retire(spares: Parked[]): void {
    if (spares.length < SPARES) spares.push(this);
    else this.unlink();
  }
  protected unlink(): void {
    const { before, after } = this;
    before.after = after;
    after.before = before;
  }
}

export class Ring {
  before: Parked | Ring = this;
  after: Parked | Ring = this;
  /** How many routines that `go` started here have not ended. */
  live = 0;
  readonly end = (): void => {
    this.live--;
  };
  readonly crash = (error: unknown): void => {
    this.live--;
    scheduler.crash(error);
  };
  readonly spareOperations: Parked[] = [];
  readonly spareSelections: Parked[] = [];
}

let now = 0;
export let ring: Ring = new Ring();

/** Starts a new ring, or goes on with `next`, and returns a function that puts the one before back. */
export function newRing(next: Ring = new Ring()): () => void {
  const before = ring;
  ring = next;
  return () => {
    ring = before;
  };
}

/** The routines that are blocked, in the order in which they blocked. */
export function blockedIn(ring: Ring): Parked[] {
  const blocked: Parked[] = [];
  for (let p = ring.after; p instanceof Parked; p = p.after) if (p.resolve !== nobody) blocked.push(p);
  return blocked.sort((a, b) => (a.since - b.since) | 0);
}
