/** The public shapes of a chan. Functions are properties, not methods, so that TypeScript checks their variance. */

/** What a receive answers: the value and true, or `undefined` and false once the chan is closed and drained. */
export type Received<T> = readonly [value: T, ok: true] | readonly [value: undefined, ok: false];

/** How a blocking operation may be given up. When the signal aborts, the operation throws the signal's reason. */
export interface Cancellable {
  readonly signal?: AbortSignal | undefined;
}

/** Go: `<-chan T`. */
export interface RecvChan<out T> extends AsyncIterable<T> {
  /** Blocks until a value arrives or the chan is closed and drained. Go: `v, ok := <-c`. */
  readonly recv: (options?: Cancellable) => Promise<Received<T>>;
  /** Like `recv` but never blocks: `undefined` when a receive would block. */
  readonly tryRecv: () => Received<T> | undefined;
  /** How many values wait in the buffer. */
  readonly len: number;
  readonly cap: number;
}

/** Go: `chan<- T`. */
export interface SendChan<in T> {
  /** Blocks until a receiver or the buffer takes the value. Throws `SendOnClosedChannelError`, also when closed while it waits. */
  readonly send: (value: T, options?: Cancellable) => Promise<void>;
  /** Like `send` but never blocks: false when a send would block. Throws on a closed chan. */
  readonly trySend: (value: T) => boolean;
  /** No more values will come. Throws when closed before. Closing is the sender's business. */
  readonly close: () => void;
  readonly len: number;
  readonly cap: number;
}

/** Go: `chan T`. */
export interface Chan<in out T> extends RecvChan<T>, SendChan<T> {
  readonly len: number;
  readonly cap: number;
}

/** Go's nil chan where a case is expected: the case is off. */
export type Off = false | null | undefined;
