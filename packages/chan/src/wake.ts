/** How a blocked routine is woken. */

import { afterTurn, spend } from "./scheduler.ts";

/** Resolves the promise that a blocked routine awaits. To reject is to resolve with a rejected promise. */
export type Resolve = (result: unknown) => void;

/** When a woken routine runs. NEXT: before the routine that wakes it goes on. LATER: after that routine's next await. */
export type ResumeOrder = 0 | 1;
export const NEXT: ResumeOrder = 0;
export const LATER: ResumeOrder = 1;

/**
 * Wakes a routine before the one that wakes it goes on, and counts its operation: now, not when it blocked. So once an event-loop
 * turn has had its share no routine is woken any more, and a value that goes from routine to routine stops where it is.
 */
export function wakeNext(resolve: Resolve, result: unknown): void {
  if (spend()) resolve(result);
  else postpone(resolve, result, NEXT);
}

/** The same in any order. */
export function wake(resolve: Resolve, result: unknown, order: ResumeOrder): void {
  if (spend()) resume(resolve, result, order);
  else postpone(resolve, result, order);
}

/** Wakes a routine with an error and counts its operation. Nothing has seen the error until then, so it is no unhandled one. */
export function wakeWithError(resolve: Resolve, error: unknown): void {
  if (spend()) resolve(Promise.reject(error));
  else afterTurn(() => resolve(Promise.reject(error)), { wakes: resolve });
}

/** A function of its own, because a function that holds a closure pays for it at every call. */
function postpone(resolve: Resolve, result: unknown, order: ResumeOrder): void {
  afterTurn(() => resume(resolve, result, order), { wakes: resolve, result });
}

function resume(resolve: Resolve, result: unknown, order: ResumeOrder): void {
  if (order === NEXT) resolve(result);
  else resumeLater(resolve, result);
}

const done: Promise<void> = Promise.resolve();

function resumeLater(resolve: Resolve, result: unknown): void {
  void done.then(() => resolve(result));
}
