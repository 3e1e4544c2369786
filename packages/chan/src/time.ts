import { chan } from "./chan.ts";
import { scheduler } from "./scheduler.ts";
import type { Cancellable, RecvChan } from "./types.ts";

/** Go: `time.Sleep`. Blocks for `ms` milliseconds; rejects with the signal's reason when the signal aborts. */
export function sleep(ms: number, options?: Cancellable): Promise<void> {
  const signal = options?.signal;
  if (signal?.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      drop();
      reject(signal?.reason);
    };
    const drop = scheduler.setTimer(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** Go: `time.After`. A chan that gives the time (ms) once, `ms` milliseconds from now. */
export function after(ms: number): RecvChan<number> {
  const c = chan<number>(1);
  scheduler.setTimer(() => c.trySend(scheduler.now()), ms);
  return c;
}

/** A chan that gives the time (ms) every `ms` milliseconds, until `stop`. A slow receiver loses ticks, as in Go. */
export interface Ticker extends RecvChan<number> {
  readonly stop: () => void;
}

/** Go: `time.NewTicker`. */
export function tick(ms: number): Ticker {
  const c = chan<number>(1);
  let drop = scheduler.setTimer(fire, ms);
  function fire(): void {
    c.trySend(scheduler.now());
    drop = scheduler.setTimer(fire, ms);
  }
  return Object.assign(c, { stop: () => drop() });
}
