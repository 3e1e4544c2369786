import { type Registry, registry } from "./registry.ts";
import { afterTurn, spend } from "./scheduler.ts";

/** The class of all async functions; it has no name of its own. */
const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

/**
 * Starts `fn(...args)` as a routine. Never blocks: the routine begins in a microtask, once the running code awaits or ends. An
 * error that `fn` does not handle ends a Node program, as a panic does in Go; a browser reports it. Throws a `TypeError` when
 * `fn` is no function. Go: `go fn(args...)`.
 *
 * @example
 * ```ts
 * const c = chan<number>();
 * const add = (a: number, b: number) => c.send(a + b);
 * go(add, 1, 2);
 * await c.recv(); // => [3, true]
 * ```
 */
export function go<A extends readonly unknown[]>(fn: (...args: A) => unknown, ...args: A): void {
  checkFunction("go", fn);
  launch(fn, args, fn);
}

/** Starts a routine; `named` is the function of the program, which gives it its name in a table of `explore`. */
export function launch<A extends readonly unknown[]>(
  fn: (...args: A) => unknown,
  args: A,
  named: { readonly name: string },
): void {
  const home = registry;
  home.live++;
  if (spend()) queueMicrotask(() => start(home, fn, args));
  else afterTurn(() => start(home, fn, args), { starts: named });
}

export function checkFunction(caller: string, fn: unknown): void {
  if (typeof fn !== "function") throw new TypeError(`${caller}: fn must be a function, got ${typeof fn}`);
}

/** Not an async function: its frame would cost each routine 350 bytes for as long as it lives. */
function start<A extends readonly unknown[]>(home: Registry, fn: (...args: A) => unknown, args: A): void {
  const routine = fn instanceof AsyncFunction ? (fn(...args) as Promise<unknown>) : call(fn, args);
  routine.then(home.end, home.crash);
}

/** Turns what `fn` throws at once into a rejection, and awaits an operation that `fn` only returns, so that it belongs to a routine. */
async function call<A extends readonly unknown[]>(fn: (...args: A) => unknown, args: A): Promise<void> {
  await fn(...args);
}
