/**
 * Turns: PGlite has one session, and many clients want it. Invariants:
 *
 * 1. One client at a time is at work; the others wait in the order in which they came.
 * 2. A client keeps its turn while it is inside a transaction or a half-sent batch: nobody's statement lands in another's
 *    transaction.
 * 3. A client that leaves gives its turn back, and what it left open is rolled back first.
 * 4. A client that keeps its turn and does nothing with it while others wait is sent away after `patienceMs`: a frozen
 *    process must not stop the world.
 */

/** What the turns need of a client. */
export interface Taker {
  /** Called when patience is over. The client leaves soon after. */
  sendAway(): void;
}

interface Waiting {
  readonly taker: Taker;
  /** Does the work; true when the turn must be kept. Must not throw. */
  readonly work: () => Promise<boolean>;
  readonly done: () => void;
}

export class Turns {
  readonly #patienceMs: number;
  readonly #tidy: () => Promise<void>;
  #waiting: Waiting[] = [];
  #holder: Taker | undefined;
  #busy = false;
  #patience: NodeJS.Timeout | undefined;
  readonly #gone = new WeakSet<Taker>();

  /** `tidy` closes what a client left open; it must not throw. */
  constructor(patienceMs: number, tidy: () => Promise<void>) {
    this.#patienceMs = patienceMs;
    this.#tidy = tidy;
  }

  /** Waits for the client's turn, then for the work. Resolves without working when the client has left. */
  take(taker: Taker, work: () => Promise<boolean>): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ taker, work, done });
      void this.#go();
    });
  }

  /** The client has gone: its waiting work is dropped, its turn is over. */
  leave(taker: Taker): void {
    this.#gone.add(taker);
    for (const { done } of this.#waiting.filter((waiting) => waiting.taker === taker)) done();
    this.#waiting = this.#waiting.filter((waiting) => waiting.taker !== taker);
    void this.#go();
  }

  async #go(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#patience);
    for (;;) {
      if (this.#holder && this.#gone.has(this.#holder)) {
        await this.#tidy();
        this.#holder = undefined;
      }
      const next = this.#next();
      if (!next) break;
      const keep = await next.work();
      this.#holder = keep ? next.taker : undefined;
      next.done();
    }
    this.#busy = false;
    if (this.#holder && this.#waiting.length > 0) this.#lose(this.#holder);
  }

  #next(): Waiting | undefined {
    const at = this.#holder ? this.#waiting.findIndex(({ taker }) => taker === this.#holder) : 0;
    return at === -1 ? undefined : this.#waiting.splice(at, 1)[0];
  }

  #lose(holder: Taker): void {
    this.#patience = setTimeout(() => holder.sendAway(), this.#patienceMs);
  }
}
