/**
 * All routines that block on a chan, so that a deadlock can be told: a ring, in the order in which they blocked.
 *
 * Invariant: an operation or a select is in the ring from the moment it blocks to the moment it is woken or aborted.
 * A routine that can never go on stays here, as a goroutine does in Go. Each bubble has a ring of its own.
 */

export interface Parked {
  before: Parked;
  after: Parked;
  /** Resolves the promise that the routine awaits; the stack is found through it. */
  readonly resolve: (result: unknown) => void;
  /** What it waits for, in the words of Go's runtime. */
  readonly waitsFor: string;
}

export interface Ring {
  before: Parked;
  after: Parked;
  /** How many routines started by `go` have not ended. */
  live: number;
}

export function emptyRing(): Ring {
  const ring = { before: undefined, after: undefined, live: 0, resolve() {}, waitsFor: "" };
  return Object.assign(ring, { before: ring, after: ring }) as unknown as Ring;
}

export let ring: Ring = emptyRing();

/** Starts a new ring, or goes on with `next`, and returns a function that puts the one before back. */
export function newRing(next: Ring = emptyRing()): () => void {
  const before = ring;
  ring = next;
  return () => {
    ring = before;
  };
}

export function park(parked: Parked): void {
  const end = ring as Ring & Parked;
  const last = end.before;
  parked.before = last;
  parked.after = end;
  last.after = parked;
  end.before = parked;
}

export function unpark(parked: Parked): void {
  const { before, after } = parked;
  before.after = after;
  after.before = before;
}

export function* parkedIn(ring: Ring): Generator<Parked> {
  for (let p = ring.after; p !== (ring as unknown); p = p.after) yield p;
}
