/** A shutdown stops all that takes jobs, also what begins to after it. */
import { expect, test } from "vitest";
import { Shutdown } from "../src/node/shutdown.ts";

test("what takes jobs is stopped when the shutdown begins, and not before", async () => {
  const shutdown = new Shutdown();
  const stopped: string[] = [];
  await shutdown.add(async () => void stopped.push("consumer"));
  expect([shutdown.hasBegun, stopped]).toEqual([false, []]);
  await shutdown.begin();
  expect([shutdown.hasBegun, stopped]).toEqual([true, ["consumer"]]);
});

test("what begins to take jobs after the shutdown is stopped at once", async () => {
  const shutdown = new Shutdown();
  await shutdown.begin();
  const stopped: string[] = [];
  await shutdown.add(async () => void stopped.push("late consumer"));
  expect(stopped).toEqual(["late consumer"]);
});
