import { chan } from "./chan.ts";
import { checkFunction, launch } from "./go.ts";
import { ready } from "./scheduler.ts";
import type { Cancellable, Chan } from "./types.ts";

/**
 * Counts routines that have not ended; `wait` blocks until there are none. Go: `sync.WaitGroup`.
 *
 * @example
 * ```ts
 * const group = new WaitGroup();
 * const done: number[] = [];
 * for (const i of [1, 2]) group.go(() => done.push(i));
 * await group.wait();
 * done; // => [1, 2]
 * group.done(); // throws "sync: negative WaitGroup counter"
 * ```
 */
export class WaitGroup {
  #count = 0;
  #zero: Chan<never> | undefined = undefined;

  /** Adds `n` to the count. Never blocks. Throws when the count would be negative, and a `RangeError` unless `n` is whole. Go: `wg.Add(n)`. */
  add(n = 1): void {
    if (!Number.isSafeInteger(n))
      throw new RangeError(`WaitGroup.add: n must be a whole number, got ${String(n)}`);
    if (this.#count + n < 0) throw new Error("sync: negative WaitGroup counter");
    this.#count += n;
    if (this.#count > 0) return;
    this.#zero?.close();
    this.#zero = undefined;
  }

  /** Takes one from the count. Never blocks. Throws when the count would be negative. Go: `wg.Done()`. */
  done(): void {
    this.add(-1);
  }

  /** Blocks until the count is zero. Throws the reason of its signal. Go: `wg.Wait()`. */
  wait(options?: Cancellable): Promise<void> {
    return this.#count === 0 ? ready() : this.#untilZero(options);
  }

  /** At the end of `await using group = new WaitGroup()`: `wait`. Go: `defer wg.Wait()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.wait();
  }

  async #untilZero(options?: Cancellable): Promise<void> {
    this.#zero ??= chan<never>();
    await this.#zero.recv(options);
  }

  /** Starts `fn` as a routine that is counted until it ends. Never blocks. Throws a `TypeError` when `fn` is no function. Go: `wg.Go(f)`. */
  go(fn: () => unknown): void {
    checkFunction("WaitGroup.go", fn);
    this.add(1);
    const counted = async (): Promise<void> => {
      try {
        await fn();
      } finally {
        this.done();
      }
    };
    launch(counted, [], fn);
  }
}
