/**
 * The registry of blocked routines, from which the deadlock report is made. Each bubble has a registry of its own.
 *
 * Invariants:
 * 1. A member is enrolled from its construction until `unlink`, and it is blocked while `resolve` is not `notBlocked`.
 * 2. A routine that can never go on stays blocked, as a goroutine does in Go.
 *
 * Members are linked into a list and not kept in a Set, and a member that is woken stays in the list as a spare: to enrol each
 * operation that blocks anew would cost as much as the rest of it.
 */

import { scheduler } from "./scheduler.ts";

/** Resolves the promise that a blocked routine awaits. To reject is to resolve with a rejected promise. */
export type Resolve = (result: unknown) => void;

/** The `resolve` of a member that is not blocked. */
export function notBlocked(): void {}

/** What the registry knows of a blocked routine. */
export abstract class Member {
  declare before: Member | Registry;
  declare after: Member | Registry;
  declare readonly registry: Registry;
  /** Resolves the promise that the routine awaits; the stack of the routine is found through it. */
  declare resolve: Resolve;
  /** Grows with each routine that blocks, and wraps round. */
  declare since: number;

  constructor() {
    const last = registry.before;
    this.before = last;
    this.after = registry;
    this.registry = registry;
    this.resolve = notBlocked;
    this.since = 0;
    last.after = this;
    registry.before = this;
  }
  /** What the routine waits for, in the words of Go's runtime. */
  abstract get waitsFor(): string;

  unlink(): void {
    const { before, after } = this;
    before.after = after;
    after.before = before;
  }
}

export class Registry {
  before: Member | Registry = this;
  after: Member | Registry = this;
  /** How many routines that `go` started here have not ended. */
  live = 0;
  readonly end = (): void => {
    this.live--;
  };
  readonly crash = (error: unknown): void => {
    this.live--;
    scheduler.crash(error);
  };
  /** The pools of its members that are not blocked, one for each kind. */
  readonly spareOperations: Member[] = [];
  readonly spareSelections: Member[] = [];

  /** The routines that are blocked, in the order in which they blocked. */
  blocked(): Member[] {
    const blocked: Member[] = [];
    for (let m = this.after; m instanceof Member; m = m.after) if (m.resolve !== notBlocked) blocked.push(m);
    return blocked.sort((a, b) => (a.since - b.since) | 0);
  }
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
