/** The bounds of `bubble` and `explore`, as an error of its own: nobody has to know its words. */

/**
 * A bound of `bubble`, or a limit of `explore`, is reached: the program may have no end, or too many orders. An error of another
 * copy of this package is no instance of it. Go: none; a test there ends by its timeout.
 *
 * @example
 * ```ts
 * const poll = async () => {
 *   for (;;) await sleep(10);
 * };
 * const polling = bubble(poll, { bounds: { timers: 100, busy: 3 } });
 * await polling; // throws "bubble: main has not ended after 100 timers"
 * const error = await polling.catch((error: unknown) => error);
 * error instanceof BoundError && error.bound; // => "timers"
 * ```
 */
export class BoundError extends Error {
  override name = "BoundError";
  /** Which one: "timers" or "busy" of a bubble, "steps" or "orders" of `explore`. One of steps is the cause of an `ExploreError`. */
  readonly bound: "timers" | "busy" | "steps" | "orders";

  constructor(bound: BoundError["bound"], message: string) {
    super(message);
    this.bound = bound;
  }
}
