import { expect, test } from "vitest";
import { drainByMessage, drainMicrotasks, eventLoopTurn, turnByMessage } from "../src/microtasks.ts";

/** Starts long chains of microtasks, one after the other, and looks after each drain how far they are. */
async function drainChains(drain: () => Promise<void>): Promise<void> {
  let steps = 0;
  const chain = async () => {
    for (let i = 0; i < 1000; i++) {
      await undefined;
      steps++;
    }
  };
  // More than a browser's message has listeners.
  for (let drains = 1; drains <= 200; drains++) {
    void chain();
    await drain();
    expect(steps).toBe(drains * 1000);
  }
}

test("a drain ends when every microtask has run, however long the chain", () => drainChains(drainMicrotasks));

test("a drain by message does the same", () => drainChains(drainByMessage));

test("planted: to await once is no drain", async () => {
  await expect(drainChains(() => Promise.resolve())).rejects.toThrow("expected");
});

test.each([
  ["as Node does it", eventLoopTurn],
  ["as a browser does it", turnByMessage],
])("an event-loop turn %s lets timers run, also between two drains", async (_, turn) => {
  let isRung = false;
  setTimeout(() => {
    isRung = true;
  }, 0);
  for (let turns = 0; !isRung && turns < 10_000; turns++) {
    await drainByMessage();
    await turn();
  }
  expect(isRung).toBe(true);
});
