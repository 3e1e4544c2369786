/** Waiting with an end, and telling a listener without being hurt by it. */

export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** True once `work` has settled, false if `ms` pass before. What `work` answers or throws does not matter here. */
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

/** A promise that somebody settles, or that time settles with undefined. */
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

/** Milliseconds before attempt number `attempt` (from 0): doubles from `first` up to `most`. */
export function backoff(attempt: number, first: number, most: number): number {
  return Math.min(most, first * 2 ** Math.min(attempt, 30));
}

/** Calls a listener. What it throws is a bug of the listener: it ends up as an uncaught exception, not in our socket. */
export function tell<A extends unknown[]>(listener: ((...args: A) => void) | undefined, ...args: A): void {
  try {
    listener?.(...args);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
