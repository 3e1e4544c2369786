/** A terminal for tests: what is shown is kept, and keys are pressed by the test. */
import { chan } from "@shirts/chan";
import { expect } from "vitest";
import type { Screen } from "../src/app/screen.ts";

export class FakeScreen implements Screen {
  readonly columns: number;
  readonly rows: number;
  readonly keys = chan<string>(100);
  #isThere = true;
  #shown: readonly string[] = [];

  constructor(columns = 60, rows = 50) {
    this.columns = columns;
    this.rows = rows;
  }

  readonly show = (lines: readonly string[]): void => {
    this.#shown = lines;
  };

  /** What is on it now. */
  get text(): string {
    return this.#shown.join("\n");
  }

  press(...keys: readonly string[]): void {
    for (const key of keys) this.keys.trySend(key);
  }

  /** Types a line and Enter. */
  type(line: string): void {
    this.press(...line, "enter");
  }

  /** The terminal is gone; a second time does nothing. */
  hangUp(): void {
    if (this.#isThere) this.keys.close();
    this.#isThere = false;
  }

  /** Resolves when the screen says so. */
  async says(what: string | RegExp): Promise<void> {
    const expected = typeof what === "string" ? expect.stringContaining(what) : expect.stringMatching(what);
    await expect.poll(() => this.text, { timeout: 30_000 }).toEqual(expected);
  }
}
