/**
 * The events that have not happened yet: messages on their way, steps that take their time, faults to come.
 *
 * Invariants:
 * 1. Events of one lane happen in the order in which they were added: a lane is one direction of one connection.
 * 2. `drop(owner)` leaves no event of that owner behind, so nothing ever reaches a dead process or a cut connection.
 */

import type { Process } from "./process.ts";

export interface QueuedEvent {
  /** Virtual milliseconds. */
  at: number;
  /** Unique in the story, and the same in every run that comes to the same point. */
  readonly label: string;
  readonly lane: string;
  /** The process that it reaches; while that process is paused, the event waits. */
  readonly to: Process | undefined;
  /** What else it needs in order to happen: a connection. */
  readonly owner: object | undefined;
  /** False while it makes no sense: nobody waits for the timer, or the lock is held. Missing: always true. By the clock nobody asks. */
  readonly can?: (() => boolean) | undefined;
  run(): void;
}

export interface EventQueue {
  add(event: QueuedEvent): void;
  /** Forgets every event that needs `owner`. */
  drop(owner: object): void;
  /** Takes the event that happens next; undefined when the story is over. */
  next(): QueuedEvent | undefined;
  /** The event that `next` would take, if that is known already. */
  peek(): QueuedEvent | undefined;
}

export function needs(event: QueuedEvent, owner: object): boolean {
  return event.to === owner || event.owner === owner;
}

/** Takes events by their time; at the same time, in the order in which they were added. */
export class TimedQueue implements EventQueue {
  /** The latest event first, the next one last. A story has some ten events in wait; for so few, an array is the fastest heap. */
  private readonly waiting: QueuedEvent[] = [];
  private readonly lastAt = new Map<string, number>();

  add(event: QueuedEvent): void {
    // A later message of a connection cannot overtake an earlier one (invariant 1).
    const at = Math.max(event.at, this.lastAt.get(event.lane) ?? 0);
    this.lastAt.set(event.lane, at);
    event.at = at;
    let i = this.waiting.length;
    while (i > 0 && (this.waiting[i - 1] as QueuedEvent).at <= at) i--;
    this.waiting.splice(i, 0, event);
  }

  drop(owner: object): void {
    for (let i = this.waiting.length - 1; i >= 0; i--)
      if (needs(this.waiting[i] as QueuedEvent, owner)) this.waiting.splice(i, 1);
  }

  next(): QueuedEvent | undefined {
    return this.waiting.pop();
  }

  peek(): QueuedEvent | undefined {
    return this.waiting.at(-1);
  }
}
