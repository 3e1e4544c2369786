import { expect, test } from "vitest";
import { catchMutant, mutants, plant } from "../src/cli/mutants.ts";

test("there are many", () => {
  expect(mutants.length).toBeGreaterThanOrEqual(15);
});

test.each(mutants)("$stage, $name: it is noticed", async (mutant) => {
  const { seed } = await catchMutant(mutant, 500);
  expect(seed).toBeDefined();
});

test("a mutant whose text is not in the worker is an error, not a survivor", async () => {
  await expect(plant({ name: "x", stage: "v1", from: "no such text", to: "" })).rejects.toThrow(
    `mutant "x": its text stands 0 times in v1's worker, not once`,
  );
});
