/** Timing: pauses between attempts, retries, and waiting that comes to an end. */
import { setTimeout as sleep } from "node:timers/promises";

/** Pauses between attempts, in milliseconds. They double from the first to the longest. */
export interface Pauses {
  /** The pause after the first failure. */
  readonly first: number;
  /** No pause is longer than this one. */
  readonly longest: number;
}

/** The pause before attempt number `attempt`, which counts from 0, in milliseconds. */
export function pauseBefore(attempt: number, { first, longest }: Pauses): number {
  return Math.min(longest, first * 2 ** Math.min(attempt, 30));
}

export interface RetryOptions {
  readonly pauses: Pauses;
  /** Called after each failure. When it returns false, the failure is thrown. */
  readonly again: (error: Error) => boolean;
  /** True: the pauses do not keep the process alive. */
  readonly isBackground?: boolean;
}

/** Does `work` until it succeeds, with a pause after each failure. */
export async function retry<T>(
  work: () => Promise<T>,
  { pauses, again, isBackground = false }: RetryOptions,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!again(error instanceof Error ? error : new Error(String(error)))) throw error;
    }
    await sleep(pauseBefore(attempt, pauses), undefined, { ref: !isBackground });
  }
}

/** True once `work` has settled, false if `ms` pass before. What `work` returns or throws does not matter here. */
export function settledWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    const settle = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    work.then(settle, settle);
  });
}

/** A promise with its `settle`. When `ms` pass before that is called, the promise resolves with undefined. */
export function waiter<T>(ms: number): {
  promise: Promise<T | undefined>;
  settle: (value: T | undefined) => void;
} {
  let settle: (value: T | undefined) => void = () => {};
  const promise = new Promise<T | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    settle = (value) => {
      clearTimeout(timer);
      resolve(value);
    };
  });
  return { promise, settle };
}
