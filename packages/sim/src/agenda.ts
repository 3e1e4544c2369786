/**
 * What is going to happen: messages on their way, steps being walked, faults in wait.
 *
 * Invariants:
 * 1. Events of one lane happen in the order in which they were added: a lane is one direction of one connection.
 * 2. `drop(owner)` leaves no event of that owner behind, so nothing ever reaches a dead process or a cut connection.
 */

import type { Process } from "./process.ts";

export interface Due {
  /** Virtual milliseconds. */
  at: number;
  /** Unique in the story, and the same in every run that comes to the same point. */
  readonly label: string;
  readonly lane: string;
  /** The process that it reaches; while that one is paused it waits. */
  readonly to: Process | undefined;
  /** What else must still be there for it to happen: a connection. */
  readonly owner: object | undefined;
  run(): void;
}

export interface Agenda {
  add(due: Due): void;
  /** Forgets everything that needs `owner`. */
  drop(owner: object): void;
  /** Takes the event that happens next; undefined when the story is over. */
  next(): Due | undefined;
  /** Looks at the event that `next` would take, if that is known already. */
  peek(): Due | undefined;
}

export function needs(due: Due, owner: object): boolean {
  return due.to === owner || due.owner === owner;
}

/** By time; at the same time, by the order in which they were added. */
export class TimedAgenda implements Agenda {
  /** Latest first: what happens next is at the end. A story has some ten events in wait, so a plain array is the fastest heap. */
  private readonly waiting: Due[] = [];
  private readonly lastAt = new Map<string, number>();

  add(due: Due): void {
    // A later message of the same connection cannot overtake an earlier one (invariant 1).
    const at = Math.max(due.at, this.lastAt.get(due.lane) ?? 0);
    this.lastAt.set(due.lane, at);
    due.at = at;
    let i = this.waiting.length;
    while (i > 0 && (this.waiting[i - 1] as Due).at <= at) i--;
    this.waiting.splice(i, 0, due);
  }

  drop(owner: object): void {
    for (let i = this.waiting.length - 1; i >= 0; i--)
      if (needs(this.waiting[i] as Due, owner)) this.waiting.splice(i, 1);
  }

  next(): Due | undefined {
    return this.waiting.pop();
  }

  peek(): Due | undefined {
    return this.waiting.at(-1);
  }
}
