/** What a judge leaves alone because it ends the worker's process, and what it must not hide. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { leaving } from "../exercises/support/unhandled.ts";

/** In place of the test runner's own listeners, which would take a rejection for a failed test. */
let told: unknown[] = [];
const tell = (reason: unknown): void => void told.push(reason);
let runners: NodeJS.UnhandledRejectionListener[] = [];
beforeEach(() => {
  told = [];
  runners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", tell);
});
afterEach(() => {
  process.removeListener("unhandledRejection", tell);
  for (const runner of runners) process.on("unhandledRejection", runner);
});

/** Nobody handles it. Node tells the listeners before the next event-loop turn. */
async function reject(reason: unknown): Promise<void> {
  void Promise.reject(reason);
  await new Promise((resolve) => setImmediate(resolve));
}

test("a rejection that is the worker's death is left alone, and another one is told as before", async () => {
  expect(
    await leaving(
      () => true,
      () => reject("no paint").then(() => "done"),
    ),
  ).toBe("done");
  expect(told).toEqual([]);
  await leaving(
    () => false,
    () => reject("a bug"),
  );
  expect(told).toEqual(["a bug"]);
});

test("afterwards everything is as it was, also when the work throws", async () => {
  await expect(
    leaving(
      () => true,
      () => Promise.reject(new Error("it failed")),
    ),
  ).rejects.toThrow("it failed");
  expect(process.listeners("unhandledRejection")).toEqual([tell]);
  await reject("a bug");
  expect(told).toEqual(["a bug"]);
});
