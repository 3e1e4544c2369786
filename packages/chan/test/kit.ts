/** Shared by the tests: whether a promise is still pending, and how many routines wait in the queues of a chan. */

import { ChanCore } from "../src/chan.ts";
import { realScheduler } from "../src/scheduler.ts";

/** When it returns, all microtasks have run. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => realScheduler.yield(resolve));
}

/** Enough microtasks for every operation to end; cheaper than an event-loop turn. */
export async function ticks(): Promise<void> {
  for (let i = 0; i < 12; i++) await undefined;
}

export type Seen =
  | { readonly state: "pending" }
  | { readonly state: "ok"; readonly result: unknown }
  | { readonly state: "error"; readonly error: unknown };

/** What a promise has come to after all microtasks have run. */
export async function seen(promise: Promise<unknown>): Promise<Seen> {
  let now: Seen = { state: "pending" };
  promise.then(
    (result) => {
      now = { state: "ok", result };
    },
    (error: unknown) => {
      now = { state: "error", error };
    },
  );
  await eventLoopTurn();
  return now;
}

/** How many waiters are in the queues of a chan. */
export function waiters(c: unknown): { recv: number; send: number } {
  if (!(c instanceof ChanCore)) throw new TypeError("not a chan");
  const count = (queue: ChanCore<unknown>["receivers"]): number => {
    let n = 0;
    for (let w = queue.head; w !== undefined; w = w.next) n++;
    return n;
  };
  return { recv: count(c.receivers), send: count(c.senders) };
}
