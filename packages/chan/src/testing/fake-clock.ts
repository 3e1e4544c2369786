/**
 * The clock of a bubble and what it does next: first what is to happen at this time, then the timers, the earliest first and those
 * of the same time in the order in which they were set.
 */

interface Timer {
  readonly dueMs: number;
  readonly fire: () => void;
}

export class FakeClock {
  nowMs: number;
  /** How many timers have fired. */
  fired = 0;
  /** How often the clock had to wait for a routine that does not block. */
  busy = 0;
  #idle: (() => void)[] = [];
  /** In the order in which they fire. */
  #timers: Timer[] = [];

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  /** Calls `resume` before the clock moves. */
  whenIdle(resume: () => void): void {
    this.#idle.push(resume);
  }

  /** Returns a function that drops the timer. One of Infinity is never set: the clock could not come back from there. */
  setTimer(fire: () => void, ms: number): () => void {
    if (ms === Number.POSITIVE_INFINITY) return () => {};
    const timer: Timer = { dueMs: this.nowMs + Math.max(0, ms), fire };
    let at = this.#timers.length;
    while (at > 0 && (this.#timers[at - 1] as Timer).dueMs > timer.dueMs) at--;
    this.#timers.splice(at, 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  /** Does the next thing. False when there is none. */
  advance(): boolean {
    if (this.#idle.length > 0) {
      this.busy++;
      for (const resume of this.#idle.splice(0)) resume();
      return true;
    }
    const timer = this.#timers.shift();
    if (timer === undefined) return false;
    this.nowMs = timer.dueMs;
    this.fired++;
    timer.fire();
    return true;
  }
}
