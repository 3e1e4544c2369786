import { type Ring, ring } from "./parked.ts";
import { scheduler } from "./scheduler.ts";

/**
 * Go: `go fn(...args)`. Starts `fn` on a later turn (a microtask), never at once. An error that `fn` does not handle
 * crashes the program, as a panic does in Go.
 */
export function go<A extends readonly unknown[]>(fn: (...args: A) => unknown, ...args: A): void {
  if (typeof fn !== "function") throw new TypeError(`go: fn must be a function, got ${typeof fn}`);
  ring.live++;
  queueMicrotask(() => start(fn, args));
}

/** No async function: its frame would cost each routine 350 bytes for as long as it lives. */
function start<A extends readonly unknown[]>(fn: (...args: A) => unknown, args: A): void {
  let result: unknown;
  try {
    result = fn(...args);
  } catch (error) {
    crash(error);
    return;
  }
  if (result instanceof Promise) result.then(end, crash);
  else Promise.resolve(result).then(end, crash);
}

function end(): void {
  leave(ring);
}

function crash(error: unknown): void {
  leave(ring);
  scheduler.crash(error);
}

function leave(ring: Ring): void {
  // A routine of a bubble that has ended may end later: it is not counted here.
  if (ring.live > 0) ring.live--;
}
