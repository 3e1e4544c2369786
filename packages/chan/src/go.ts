import { scheduler } from "./scheduler.ts";

/**
 * Go: `go fn(...args)`. Starts `fn` on a later turn (a microtask), never at once. An error that `fn` does not handle
 * crashes the program, as a panic does in Go.
 */
export function go<A extends readonly unknown[]>(fn: (...args: A) => unknown, ...args: A): void {
  queueMicrotask(() => run(fn, args));
}

async function run<A extends readonly unknown[]>(fn: (...args: A) => unknown, args: A): Promise<void> {
  try {
    await fn(...args);
  } catch (error) {
    scheduler.crash(error);
  }
}
