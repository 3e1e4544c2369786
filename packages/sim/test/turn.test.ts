import { expect, test } from "vitest";
import { breathe, turn } from "../src/turn.ts";

test("a turn ends when every microtask has run, however long the chain", async () => {
  let steps = 0;
  const chain = async () => {
    for (let i = 0; i < 10_000; i++) {
      await undefined;
      steps++;
    }
  };
  void chain();
  await turn();
  expect(steps).toBe(10_000);
});

test("a breath lets timers run", async () => {
  let isRung = false;
  setTimeout(() => {
    isRung = true;
  }, 0);
  for (let breaths = 0; !isRung && breaths < 10_000; breaths++) await breathe();
  expect(isRung).toBe(true);
});
