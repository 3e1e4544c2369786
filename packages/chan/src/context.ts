/**
 * Go's context on top of AbortSignal: a context *is* an options object with a `signal`, so `c.recv(ctx)`, `select(cases, ctx)` and
 * `fetch(url, ctx)` all take it as it stands, and any AbortSignal may be the parent.
 */

import { chan } from "./chan.ts";
import { scheduler } from "./scheduler.ts";
import { checkSignal, unwatch, watch } from "./signal.ts";
import { checkMs } from "./time.ts";
import type { Cancellable, RecvChan } from "./types.ts";

/** Go: `context.Canceled`. */
export class CanceledError extends Error {
  override name = "AbortError";
  constructor() {
    super("context canceled");
  }
}

/** Go: `context.DeadlineExceeded`. */
export class DeadlineExceededError extends Error {
  override name = "TimeoutError";
  constructor() {
    super("context deadline exceeded");
  }
}

export interface Context extends Cancellable {
  readonly signal: AbortSignal;
  /** Closed when the context ends: a case for select. Go: `ctx.Done()`. */
  readonly done: RecvChan<never>;
  /** Why it ended; undefined while it lives. Go: `ctx.Err()`. */
  readonly err: unknown;
}

/** Ends the context. The reason is what blocked operations throw. Later calls do nothing. */
export type Cancel = (reason?: unknown) => void;

/** Asked by what it can do, a signal of another realm will do as well. */
function signalOf(parent: Cancellable | AbortSignal | undefined): AbortSignal | undefined {
  const signal = parent && "addEventListener" in parent ? parent : parent?.signal;
  if (signal !== undefined) checkSignal("withCancel", signal);
  return signal;
}

/** Go: `context.WithCancel`. Ends with its parent, or when `cancel` is called. */
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
  };
  return [context, cancel];
}

/** Go: `context.WithTimeout`. Also ends `ms` milliseconds from now. Call `cancel` when the work is over: it drops the timer. */
export function withTimeout(parent: Cancellable | AbortSignal | undefined, ms: number): [Context, Cancel] {
  checkMs("withTimeout", ms);
  const [context, cancel] = withCancel(parent);
  if (ms <= 0) cancel(new DeadlineExceededError());
  if (context.signal.aborted) return [context, cancel];
  const drop = scheduler.setTimer(() => cancel(new DeadlineExceededError()), ms);
  watch(context.signal, { abort: drop });
  return [context, cancel];
}
