import { chan } from "./chan.ts";
import { type Cancel, type Context, withCancel } from "./context.ts";
import { checkFunction } from "./go.ts";
import type { Cancellable, Chan } from "./types.ts";
import { WaitGroup } from "./wait-group.ts";

/** The options of a `Group`. Go: the `ctx` of `errgroup.WithContext`, and `SetLimit`. */
export interface GroupOptions extends Cancellable {
  /** How many routines of the group may run at once; a whole number >= 1. Without it, all. */
  readonly limit?: number;
}

/**
 * Routines that belong together: the first error cancels the others, and `wait` throws it. Its constructor throws a `RangeError`
 * for a wrong limit. Go: `errgroup.Group`.
 *
 * @example
 * ```ts
 * const group = new Group({ limit: 2 });
 * const done: string[] = [];
 * for (const shirt of ["red", "green", "blue"]) group.go(() => done.push(shirt));
 * await group.wait();
 * done; // => ["red", "green", "blue"]
 * ```
 *
 * @example
 * ```ts
 * const group = new Group();
 * group.go((context) => chan<number>().recv(context));
 * group.go(() => Promise.reject(new Error("no paint")));
 * await group.wait(); // throws "no paint"
 * ```
 */
export class Group {
  /** Ends with the first error, or when `wait` returns. Give it to the operations on which the routines block. */
  readonly context: Context;
  readonly #cancel: Cancel;
  readonly #running = new WaitGroup();
  /** A chan as a semaphore: it holds one value for each running routine. */
  readonly #places: Chan<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: GroupOptions = {}) {
    [this.context, this.#cancel] = withCancel(options);
    const { limit } = options;
    if (limit === undefined) return;
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new RangeError(`Group: limit must be a whole number >= 1, got ${String(limit)}`);
    this.#places = chan(limit);
  }

  /**
   * Starts `fn` as a routine; it begins when fewer than `limit` run, and not at all when the group is cancelled first. Never
   * blocks. Throws a `TypeError` when `fn` is no function. Go: `g.Go(f)`, which blocks at the limit.
   */
  go(fn: (context: Context) => unknown): void {
    checkFunction("Group.go", fn);
    this.#running.go(async () => {
      try {
        if (this.#places?.trySend() === false) await this.#places.send(undefined, this.context);
        try {
          await fn(this.context);
        } finally {
          this.#places?.tryRecv();
        }
      } catch (error) {
        this.#failure ??= { error };
        this.#cancel(error);
      }
    });
  }

  /** Blocks until all routines have ended. Throws the first error. Go: `g.Wait()`. */
  async wait(): Promise<void> {
    await this.#running.wait();
    this.#cancel();
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** At the end of `await using group = new Group()`: `wait`, which throws the first error of its routines. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.wait();
  }
}
