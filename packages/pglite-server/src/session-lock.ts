/**
 * The session lock: PGlite has one session, and many clients want it. Invariants:
 *
 * 1. One client at a time holds the session; the others wait in the order in which they came.
 * 2. A holder keeps the session while it is inside a transaction or a half-sent batch: no client's statement lands in
 *    another's transaction.
 * 3. A holder that disconnects loses the session, and what it left open is rolled back first.
 * 4. A holder that does nothing with the session while others wait is evicted after `idleMs`, counted from its last work:
 *    a frozen process must not stop everybody else, however many come and go meanwhile.
 */

/** What the lock needs to know of a client. */
export interface Holder {
  /** Called when the client was idle for too long. It disconnects soon after. */
  evict(): void;
}

interface Waiting {
  readonly holder: Holder;
  /** Does the work; true when the holder must keep the session. Must not throw. */
  readonly work: () => Promise<boolean>;
  /** Called with false when the work was cancelled. */
  readonly done: (isDone: boolean) => void;
}

export class SessionLock {
  readonly #idleMs: number;
  readonly #rollback: () => Promise<void>;
  #waiting: Waiting[] = [];
  #holder: Holder | undefined;
  #busy = false;
  #idleTimer: NodeJS.Timeout | undefined;
  #idleSince = 0;
  readonly #disconnected = new WeakSet<Holder>();

  /** `rollback` closes what a client left open; it must not throw. */
  constructor(idleMs: number, rollback: () => Promise<void>) {
    this.#idleMs = idleMs;
    this.#rollback = rollback;
  }

  /**
   * Waits for the session, then for the work. Resolves without working when the client has disconnected, and with false when
   * the work was cancelled.
   */
  run(holder: Holder, work: () => Promise<boolean>): Promise<boolean> {
    return new Promise((done) => {
      this.#waiting.push({ holder, work, done });
      void this.#advance();
    });
  }

  /** The client has disconnected: its waiting work is dropped, and it holds the session no longer. */
  release(holder: Holder): void {
    this.#disconnected.add(holder);
    this.#drop(holder, true);
    void this.#advance();
  }

  /** Drops the work that the client waits for; what runs is not stopped, nor is a transaction that it has open. */
  cancel(holder: Holder): void {
    if (holder !== this.#holder) this.#drop(holder, false);
  }

  #drop(holder: Holder, isDone: boolean): void {
    const dropped = this.#waiting.filter((waiting) => waiting.holder === holder);
    this.#waiting = this.#waiting.filter((waiting) => waiting.holder !== holder);
    for (const { done } of dropped) done(isDone);
  }

  async #advance(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (;;) {
      if (this.#holder && this.#disconnected.has(this.#holder)) {
        await this.#rollback();
        this.#setHolder(undefined);
      }
      const next = this.#next();
      if (!next) break;
      const keeps = await next.work();
      this.#setHolder(keeps ? next.holder : undefined);
      next.done(true);
    }
    this.#busy = false;
    if (this.#waiting.length > 0) this.#startIdleTimer();
  }

  /** It has just worked, or given the session back: it is idle from now on. */
  #setHolder(holder: Holder | undefined): void {
    this.#holder = holder;
    this.#idleSince = performance.now();
    clearTimeout(this.#idleTimer);
    this.#idleTimer = undefined;
  }

  #next(): Waiting | undefined {
    const at = this.#holder ? this.#waiting.findIndex(({ holder }) => holder === this.#holder) : 0;
    return at === -1 ? undefined : this.#waiting.splice(at, 1)[0];
  }

  /** A newcomer finds the timer running, and does not start it again. */
  #startIdleTimer(): void {
    const holder = this.#holder;
    if (holder === undefined || this.#idleTimer !== undefined) return;
    const leftMs = this.#idleSince + this.#idleMs - performance.now();
    this.#idleTimer = setTimeout(() => holder.evict(), Math.max(0, leftMs));
  }
}
