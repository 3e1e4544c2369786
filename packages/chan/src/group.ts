import { chan } from "./chan.ts";
import { type Cancel, type Context, withCancel } from "./context.ts";
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
    if (options.limit !== undefined) this.#places = chan(options.limit);
  }

  /** Starts `fn` as a routine, when there is a place. A routine that finds the group cancelled before it has one does not start. */
  go(fn: (context: Context) => unknown): void {
    this.#running.go(async () => {
      try {
        await this.#places?.send(undefined, this.context);
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
