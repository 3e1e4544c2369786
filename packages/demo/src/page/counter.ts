/**
 * Counts the table while a play goes on: when something has changed, when somebody looks, and never so often that counting a
 * million people is most of what the table does.
 */

/** At least so long from the end of one count to the next, in milliseconds. */
const PAUSE_MS = 1000;
/** And so many times as long as the count took. */
const SHARE = 4;

export class Counter {
  readonly #count: () => Promise<void>;
  readonly #isWatched: () => boolean;
  #isDirty = false;
  #timer: NodeJS.Timeout | undefined;
  /** The count that runs, or the last one. */
  #running: Promise<void> = Promise.resolve();
  #isRunning = false;
  #isStopped = false;
  #pauseMs = PAUSE_MS;

  /** `count` asks the table; it must not reject. */
  constructor(count: () => Promise<void>, isWatched: () => boolean) {
    this.#count = count;
    this.#isWatched = isWatched;
  }

  /** Something has changed, or somebody has begun to look. */
  changed(): void {
    this.#isDirty = true;
    this.#plan();
  }

  /** Counts now. Resolves when a count that began after this call is over. */
  async now(): Promise<void> {
    await this.#running;
    // Another caller may have begun one in the meantime: it is as new as this one would be.
    if (!this.#isRunning) this.#begin();
    await this.#running;
  }

  /** No count begins by itself any more. Resolves when none runs. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #plan(): void {
    if (this.#isStopped || this.#isRunning || this.#timer !== undefined || !this.#isDirty) return;
    if (!this.#isWatched()) return;
    this.#timer = setTimeout(() => this.#begin(), this.#pauseMs);
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDirty = false;
    this.#isRunning = true;
    const startedAt = performance.now();
    this.#running = this.#count().finally(() => {
      this.#isRunning = false;
      this.#pauseMs = Math.max(PAUSE_MS, SHARE * (performance.now() - startedAt));
      this.#plan();
    });
  }
}
