import { expect, test } from "vitest";
import { drainMicrotasks, eventLoopTurn } from "../src/microtasks.ts";

test("a drain ends when every microtask has run, however long the chain", async () => {
  let steps = 0;
  const chain = async () => {
    for (let i = 0; i < 10_000; i++) {
      await undefined;
      steps++;
    }
  };
  void chain();
  await drainMicrotasks();
  expect(steps).toBe(10_000);
});

test("an event-loop turn lets timers run", async () => {
  let isRung = false;
  setTimeout(() => {
    isRung = true;
  }, 0);
  for (let turns = 0; !isRung && turns < 10_000; turns++) await eventLoopTurn();
  expect(isRung).toBe(true);
});
