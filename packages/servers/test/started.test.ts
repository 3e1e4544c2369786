import { expect, test } from "vitest";
import { started } from "../src/started.ts";

test("what was started is stopped once, however often one asks", async () => {
  const told: string[] = [];
  const stop = await started(
    async () => void told.push("starts"),
    async () => void told.push("ends"),
  );
  await stop();
  await stop();
  expect(told).toEqual(["starts", "ends"]);
});

test("what does not start is ended, and its error is the one that is thrown", async () => {
  const told: string[] = [];
  const starting = started(
    () => Promise.reject(new Error("the port is taken")),
    async () => void told.push("ends"),
  );
  await expect(starting).rejects.toThrow("the port is taken");
  expect(told).toEqual(["ends"]);
});
