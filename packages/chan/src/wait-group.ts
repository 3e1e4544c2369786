import { chan } from "./chan.ts";
import { checkFunction, go } from "./go.ts";
import { ready } from "./scheduler.ts";
import type { Cancellable, Chan } from "./types.ts";

/** Go: `sync.WaitGroup`. Waits until a number of routines have said that they are done. */
export class WaitGroup {
  #count = 0;
  #zero: Chan<never> | undefined = undefined;

  /** Adds `n` (may be negative) to the count. Throws "sync: negative WaitGroup counter". */
  add(n = 1): void {
    if (!Number.isSafeInteger(n))
      throw new RangeError(`WaitGroup.add: n must be a whole number, got ${String(n)}`);
    if (this.#count + n < 0) throw new Error("sync: negative WaitGroup counter");
    this.#count += n;
    if (this.#count > 0) return;
    this.#zero?.close();
    this.#zero = undefined;
  }

  done(): void {
    this.add(-1);
  }

  /** Blocks until the count is zero. */
  wait(options?: Cancellable): Promise<void> {
    return this.#count === 0 ? ready() : this.#untilZero(options);
  }

  async #untilZero(options?: Cancellable): Promise<void> {
    this.#zero ??= chan<never>();
    await this.#zero.recv(options);
  }

  /** Starts `fn` as a routine of this group: add, `go`, and done at the end. */
  go(fn: () => unknown): void {
    checkFunction("WaitGroup.go", fn);
    this.add(1);
    go(async () => {
      try {
        await fn();
      } finally {
        this.done();
      }
    });
  }
}
