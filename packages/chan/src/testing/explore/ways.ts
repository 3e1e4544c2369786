/** What can happen next in an order, and its clock. The clock stands still while a routine can go on. */

import type { Routine, Way } from "./choices.ts";

interface Timer extends Way {
  readonly dueMs: number;
}

export class Ways {
  nowMs: number;
  /** Operations that are over and routines that start, in the order in which they came. */
  #ready: Way[] = [];
  /** In the order in which they were set. */
  #timers: Timer[] = [];

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  add(way: Way): void {
    this.#ready.push(way);
  }

  /** Returns a function that drops the timer. */
  setTimer(routine: Routine, fire: () => void, ms: number): () => void {
    const dueMs = this.nowMs + Math.max(0, ms);
    const timer: Timer = { kind: "timer", routine, dueMs, resume: fire };
    this.#timers.push(timer);
    return () => this.remove(timer);
  }

  remove(way: Way): void {
    this.#ready = this.#ready.filter((other) => other !== way);
    this.#timers = this.#timers.filter((other) => other !== way);
  }

  /** All of them. When no routine can go on, the clock jumps to the next timer; all timers that are due are ways. */
  next(): readonly Way[] {
    if (this.#ready.length === 0) {
      const due = Math.min(...this.#timers.map(({ dueMs }) => dueMs));
      if (Number.isFinite(due)) this.nowMs = Math.max(due, this.nowMs);
    }
    return [...this.#ready, ...this.#timers.filter(({ dueMs }) => dueMs <= this.nowMs)];
  }
}
