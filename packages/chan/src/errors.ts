/** The panics of Go's channels, in Go's words. All of them are mistakes in the program: let them crash the routine. */

/**
 * A send on a closed chan. Go's panic: "send on closed channel". One of a select names its case.
 *
 * @example
 * ```ts
 * const c = chan<number>();
 * const blocked = c.send(1);
 * c.close();
 * await blocked; // throws "send on closed channel"
 * c.trySend(1); // throws "send on closed channel"
 * await select({ out: sending(c, 1) }); // throws 'send on closed channel (case "out" of a select)'
 * ```
 */
export class SendOnClosedChannelError extends Error {
  override name = "SendOnClosedChannelError";
  constructor(caseName?: string) {
    super(`send on closed channel${caseName === undefined ? "" : ` (case "${caseName}" of a select)`}`);
  }
}

/**
 * A second close. Go's panic: "close of closed channel".
 *
 * @example
 * ```ts
 * const c = chan<number>();
 * c.close();
 * c.close(); // throws "close of closed channel"
 * ```
 */
export class CloseOfClosedChannelError extends Error {
  override name = "CloseOfClosedChannelError";
  constructor() {
    super("close of closed channel");
  }
}

/**
 * A close of a nil chan. Go's panic: "close of nil channel".
 *
 * @example
 * ```ts
 * nil<number>().close(); // throws "close of nil channel"
 * ```
 */
export class CloseOfNilChannelError extends Error {
  override name = "CloseOfNilChannelError";
  constructor() {
    super("close of nil channel");
  }
}
