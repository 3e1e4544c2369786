// How far the tests are, in one line now and then: for a screen that is not drawn over, such as a log. A terminal has
// Vitest's own summary, which says the same.

/** From one line to the next. */
const EVERY_MS = 10_000;

/** Counts test files as they begin and end. `now` is in milliseconds. */
export class HowFar {
  readonly #total: number;
  readonly #now: () => number;
  readonly #started: number;
  /** The files that run, the one that began first before the others, and when each began. */
  readonly #running = new Map<string, number>();
  #ended = 0;
  #told: number;

  constructor(total: number, now: () => number) {
    this.#total = total;
    this.#now = now;
    this.#started = now();
    this.#told = this.#started;
  }

  begins(file: string): void {
    this.#running.set(file, this.#now());
  }

  /** The line, when it is time for one and with the last file; else undefined. */
  ends(file: string): string | undefined {
    this.#running.delete(file);
    this.#ended += 1;
    const now = this.#now();
    if (now - this.#told < EVERY_MS && this.#ended < this.#total) return undefined;
    this.#told = now;
    const [longest] = this.#running;
    const running = longest && `; ${longest[0]} runs for ${seconds(now - longest[1])}`;
    return `${this.#ended} of ${this.#total} test files, ${seconds(now - this.#started)}${running ?? ""}`;
  }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
