import { expect, test } from "vitest";
import { catchMutant } from "../src/cli/mutants.ts";
import { mutants } from "../src/variants/mutants.ts";

test("there are many", () => {
  expect(mutants.length).toBeGreaterThanOrEqual(15);
});

test.each(mutants)("$from, $name: it is noticed", async (mutant) => {
  const { seed } = await catchMutant(mutant, 500);
  expect(seed).toBeDefined();
});
