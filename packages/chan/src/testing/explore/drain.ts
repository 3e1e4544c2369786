/**
 * The moment at which everything that can run has run. Node empties the whole microtask queue before it looks at what
 * `process.nextTick` has collected, so that is a proof and no guess, and costs a tenth of an event-loop turn.
 */

import { realScheduler } from "../../scheduler.ts";

interface Host {
  readonly process?: { nextTick?: (next: () => void) => void };
}

const { nextTick } = (globalThis as Host).process ?? {};

/** When it returns, one event-loop turn is over: unhandled rejections have been told. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => realScheduler.yield(resolve));
}

/** When it returns, all microtasks have run. */
export const drain: () => Promise<void> =
  nextTick === undefined ? eventLoopTurn : () => new Promise((resolve) => nextTick(resolve));
