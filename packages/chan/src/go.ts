import { type Registry, registry } from "./registry.ts";
import { afterTurn, spend } from "./scheduler.ts";

/** The class of all async functions; it has no name of its own. */
const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

/**
 * Go: `go fn(...args)`. Starts `fn` on a later turn (a microtask), never at once. An error that `fn` does not handle
 * crashes the program, as a panic does in Go.
 */
export function go<A extends readonly unknown[]>(fn: (...args: A) => unknown, ...args: A): void {
  checkFunction("go", fn);
  const home = registry;
  home.live++;
  if (spend()) queueMicrotask(() => start(home, fn, args));
  else afterTurn(() => start(home, fn, args));
}

export function checkFunction(caller: string, fn: unknown): void {
  if (typeof fn !== "function") throw new TypeError(`${caller}: fn must be a function, got ${typeof fn}`);
}

/** No async function: its frame would cost each routine 350 bytes for as long as it lives. */
function start<A extends readonly unknown[]>(home: Registry, fn: (...args: A) => unknown, args: A): void {
  const routine = fn instanceof AsyncFunction ? (fn(...args) as Promise<unknown>) : call(fn, args);
  routine.then(home.end, home.crash);
}

/** Turns what is thrown at once into a rejection, and gives a chan operation that `fn` only returns a routine that awaits it. */
async function call<A extends readonly unknown[]>(fn: (...args: A) => unknown, args: A): Promise<void> {
  await fn(...args);
}
