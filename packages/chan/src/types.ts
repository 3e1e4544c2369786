/** The public shapes of a chan. Functions are properties, not methods, so that TypeScript checks their variance. */

/**
 * What a receive returns: the value and true, or `undefined` and false once the chan is closed and drained. After `if (ok)` the
 * value has its type. Go: `v, ok`, with `undefined` for the zero value.
 */
export type Received<T> = readonly [value: T, ok: true] | readonly [value: undefined, ok: false];

/** How a blocking operation may be given up: when the signal aborts, it throws the signal's reason. Go: the `ctx` argument. */
export interface Cancellable {
  /** Ends the operation when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The receiving side of a chan. Go: `<-chan T`. `for await (const v of c)` receives until the chan is closed and drained, and
 * leaves the chan open when it ends early.
 *
 * @example
 * ```ts
 * const c = chan<string>(2);
 * await c.send("paint");
 * c.close();
 * const source: RecvChan<string> = c;
 * source.len; // => 1
 * await source.recv(); // => ["paint", true]
 * await source.recv(); // => [undefined, false]
 * ```
 */
export interface RecvChan<out T> extends AsyncIterable<T> {
  /** Blocks until a value arrives or the chan is closed and drained. Throws the reason of its signal. Go: `v, ok := <-c`. */
  readonly recv: (options?: Cancellable) => Promise<Received<T>>;
  /** Never blocks: `undefined` when `recv` would. Go: a select with `default`. */
  readonly tryRecv: () => Received<T> | undefined;
  /** How many values are in the buffer. Go: `len(c)`. */
  readonly len: number;
  /** How many values the buffer holds at most; 0 means no buffer. Go: `cap(c)`. */
  readonly cap: number;
}

/**
 * The sending side of a chan. Go: `chan<- T`.
 *
 * @example
 * ```ts
 * const c = chan<number>(1);
 * const target: SendChan<number> = c;
 * await target.send(1);
 * target.trySend(2); // => false
 * target.close();
 * await target.send(3); // throws "send on closed channel"
 * ```
 */
export interface SendChan<in T> {
  /**
   * Blocks until a receiver or the buffer takes the value. Throws `SendOnClosedChannelError`, also when the chan is closed while
   * it blocks, and the reason of its signal. Go: `c <- v`.
   */
  readonly send: (value: T, options?: Cancellable) => Promise<void>;
  /** Never blocks: false when `send` would. Throws `SendOnClosedChannelError`. Go: a select with `default`. */
  readonly trySend: (value: T) => boolean;
  /**
   * Says that no more values will come; only a sender should. Never blocks, and wakes all that block on the chan. Throws
   * `CloseOfClosedChannelError` the second time. Go: `close(c)`.
   */
  readonly close: () => void;
  /** At the end of `using c = chan()`: closes it unless it is closed. Never blocks. Go: `defer close(c)`. */
  readonly [Symbol.dispose]: () => void;
  /** How many values are in the buffer. Go: `len(c)`. */
  readonly len: number;
  /** How many values the buffer holds at most; 0 means no buffer. Go: `cap(c)`. */
  readonly cap: number;
}

/** Both sides of a chan. Go: `chan T`. */
export interface Chan<in out T> extends RecvChan<T>, SendChan<T> {
  /** How many values are in the buffer. Go: `len(c)`. */
  readonly len: number;
  /** How many values the buffer holds at most; 0 means no buffer. Go: `cap(c)`. */
  readonly cap: number;
}

/** A case that is off, or the nil chan of a case: it never wins. Go: a nil channel in a select. */
export type Off = false | null | undefined;
