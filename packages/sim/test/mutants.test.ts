/** Every fault that is planted in a worker is noticed: by its kept seed, and by the law that is kept with it. */
import { expect, test } from "vitest";
import { caughtBy, keyOf, mutantStage, readKeptMutants } from "../src/cli/mutants.ts";
import { mutants } from "../src/variants/mutants.ts";

const kept = readKeptMutants();

test("each mutant has a kept seed, and no seed is without its mutant", () => {
  expect(mutants.length).toBeGreaterThanOrEqual(20);
  expect(Object.keys(kept).sort()).toEqual(mutants.map(keyOf).sort());
});

test.each(mutants)("$from, $name: its kept seed breaks its law", async (mutant) => {
  const { seed, law } = kept[keyOf(mutant)] ?? { seed: 1, law: "none" };
  expect(await caughtBy(mutant, await mutantStage(mutant), seed)).toMatchObject({ seed, law });
});
