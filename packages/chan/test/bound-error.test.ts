/** A bound that is reached is told by a class, so nobody has to look at the words of a message. */

import { expect, test } from "vitest";
import { chan, sleep } from "../src/index.ts";
import { BoundError, bubble, ExploreError, explore } from "../src/testing/index.ts";

const busy = async (): Promise<void> => {
  const c = chan<number>(1);
  for (;;) {
    await c.send(1);
    await c.recv();
  }
};
const sleepy = async (): Promise<void> => {
  for (;;) await sleep(10);
};
const wordy = async (): Promise<void> => {
  throw new Error("bubble: main has not ended after 100 timers");
};

async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

const boundOf = (error: unknown) => (error instanceof BoundError ? error.bound : undefined);

test.each([
  ["busy", "a loop that never waits", busy],
  ["timers", "a loop that sleeps without an end", sleepy],
  [undefined, "planted: an error of main with the same words", wordy],
] as const)("a bubble tells its bound by the class: %s for %s", async (bound, _, main) => {
  expect(boundOf(await thrownBy(bubble(main, { bounds: { timers: 100, busy: 3 } })))).toBe(bound);
});

test("an order without an end is cut by the bound of steps, and that is the cause of its counterexample", async () => {
  const error = await thrownBy(explore(busy, { limits: { steps: 50, shrink: 0 } }));
  expect(error).toBeInstanceOf(ExploreError);
  expect(boundOf((error as ExploreError).cause)).toBe("steps");
  const words = await thrownBy(explore(wordy));
  expect(boundOf((words as ExploreError).cause)).toBeUndefined();
});

test("an error of another copy of the package is none of this one, as a chan of another copy is none", async () => {
  const again = "../src/testing/bound-error.ts?again";
  const copy: typeof import("../src/testing/bound-error.ts") = await import(again);
  const error = new copy.BoundError("busy", "bubble: a loop never waits");
  expect([boundOf(error), error.name]).toEqual([undefined, "BoundError"]);
});
