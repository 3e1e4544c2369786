import { chan } from "./chan.ts";
import { type Cancel, type Context, withCancel } from "./context.ts";
import { checkFunction } from "./go.ts";
import type { Cancellable, Chan } from "./types.ts";
import { WaitGroup } from "./wait-group.ts";

export interface GroupOptions extends Cancellable {
  /** How many routines of the group may run at once. */
  readonly limit?: number;
}

/** Go: `errgroup.Group`. Collects the first error of its routines and cancels the others. */
export class Group {
  /** Ends with the first error, or when `wait` has answered. Give it to what the routines wait on. */
  readonly context: Context;
  readonly #cancel: Cancel;
  readonly #running = new WaitGroup();
  /** A chan as semaphore: one value for each running routine. */
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

  /** Starts `fn` as a routine, when there is a place. A routine that waits for one when the group is cancelled does not start. */
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

  /** Blocks until all routines have ended; throws the first error. */
  async wait(): Promise<void> {
    await this.#running.wait();
    this.#cancel();
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
