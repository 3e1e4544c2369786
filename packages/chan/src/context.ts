/**
 * Go's context on top of AbortSignal: a context *is* an options object with a `signal`, so `c.recv(ctx)`, `select(cases, ctx)` and
 * `fetch(url, ctx)` all take it as it is, and any AbortSignal may be its parent.
 */

import { checkSignal, unwatch, watch } from "./abort-signal.ts";
import { chan } from "./chan.ts";
import { scheduler } from "./scheduler.ts";
import { checkMs } from "./time.ts";
import type { Cancellable, RecvChan } from "./types.ts";

/**
 * The reason of a context that was cancelled without another reason. Go: `context.Canceled`.
 *
 * @example
 * ```ts
 * const [context, cancel] = withCancel();
 * cancel();
 * context.err instanceof CanceledError; // => true
 * await chan<number>().recv(context); // throws "context canceled"
 * ```
 */
export class CanceledError extends Error {
  override name = "AbortError";
  constructor() {
    super("context canceled");
  }
}

/**
 * The reason of a context whose time is over. Go: `context.DeadlineExceeded`.
 *
 * @example
 * ```ts
 * const [context] = withTimeout(undefined, 0);
 * context.err instanceof DeadlineExceededError; // => true
 * await sleep(1, context); // throws "context deadline exceeded"
 * ```
 */
export class DeadlineExceededError extends Error {
  override name = "TimeoutError";
  constructor() {
    super("context deadline exceeded");
  }
}

/**
 * Tells routines to stop. It is an options object with a signal: `c.recv(context)`, `fetch(url, context)`. Go: `context.Context`.
 *
 * @example
 * ```ts
 * const [context]: [Context, Cancel] = withCancel();
 * {
 *   using mine = context;
 *   mine.err; // => undefined
 * }
 * context.done.tryRecv(); // => [undefined, false]
 * ```
 */
export interface Context extends Cancellable {
  /** Aborts when the context ends. */
  readonly signal: AbortSignal;
  /** Closed when the context ends, for a case of a select. Go: `ctx.Done()`. */
  readonly done: RecvChan<never>;
  /** The reason why it ended; undefined before. Go: `ctx.Err()`. */
  readonly err: unknown;
  /** At the end of `using mine = context`: ends the context. Never blocks or throws. Go: `defer cancel()`. */
  readonly [Symbol.dispose]: () => void;
}

/** Ends the context. Blocked operations throw the reason. Later calls do nothing. Go: `context.CancelCauseFunc`. */
export type Cancel = (reason?: unknown) => void;

/** A signal is known by its methods and not by its class, so one of another realm will do. */
function signalOf(parent: Cancellable | AbortSignal | undefined): AbortSignal | undefined {
  const signal = parent && "addEventListener" in parent ? parent : parent?.signal;
  if (signal !== undefined) checkSignal("withCancel", signal);
  return signal;
}

/**
 * A context that ends with its parent or when `cancel` is called. Never blocks. Throws a `TypeError` when the parent's signal is
 * none. Go: `context.WithCancel`, and
 * `WithCancelCause` when `cancel` is given a reason.
 *
 * @example
 * ```ts
 * const [parent, cancelParent] = withCancel();
 * const [child] = withCancel(parent);
 * child.err; // => undefined
 * cancelParent("enough");
 * child.err; // => "enough"
 * await child.done.recv(); // => [undefined, false]
 * ```
 */
export function withCancel(parent?: Cancellable | AbortSignal): [context: Context, cancel: Cancel] {
  const signal = signalOf(parent);
  const controller = new AbortController();
  const done = chan<never>();
  const cancel: Cancel = (reason = new CanceledError()) => {
    if (controller.signal.aborted) return;
    if (signal !== undefined) unwatch(signal, follower);
    done.close();
    controller.abort(reason);
  };
  const follower = { abort: cancel };
  if (signal?.aborted) cancel(signal.reason);
  else if (signal !== undefined) watch(signal, follower);
  const context: Context = {
    signal: controller.signal,
    done,
    get err() {
      return controller.signal.aborted ? controller.signal.reason : undefined;
    },
    [Symbol.dispose]: () => cancel(),
  };
  return [context, cancel];
}

/**
 * A context that also ends `ms` milliseconds from now, with a `DeadlineExceededError`. Never blocks. Throws a `RangeError` when
 * `ms` is no number. Call `cancel` when the work is over: it drops the timer. Go: `context.WithTimeout`.
 *
 * @example
 * ```ts
 * await bubble(async () => {
 *   const [context] = withTimeout(undefined, 1000);
 *   await chan<number>().recv(context); // throws "context deadline exceeded"
 * });
 * ```
 */
export function withTimeout(parent: Cancellable | AbortSignal | undefined, ms: number): [Context, Cancel] {
  checkMs("withTimeout", ms);
  const [context, cancel] = withCancel(parent);
  if (ms <= 0) cancel(new DeadlineExceededError());
  if (context.signal.aborted) return [context, cancel];
  const drop = scheduler.setTimer(() => cancel(new DeadlineExceededError()), ms);
  watch(context.signal, { abort: drop });
  return [context, cancel];
}
