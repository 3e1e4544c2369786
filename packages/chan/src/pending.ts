/** A promise and what resolves it, without a closure for each promise. */

/** Resolves the promise that a blocked routine awaits. To reject is to resolve with a rejected promise. */
export type Resolve = (result: unknown) => void;

/** What resolves the promise that `pending` made last. */
export let resolve: Resolve;

/**
 * One executor for all promises: a closure for each would cost more than the rest of the operation. `reject` is not
 * kept: a kept function is 64 bytes for each blocked routine. A constant of this file, or the compiler would not see into it.
 */
const capture = (yes: Resolve): void => {
  resolve = yes;
};

export function pending<R>(): Promise<R> {
  return new Promise<unknown>(capture) as Promise<R>;
}

export function nobody(): void {}
