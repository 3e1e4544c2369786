import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exercisesDocument } from "../src/table.ts";

test("docs/generated/exercises.md is up to date (`pnpm --filter learn table`)", async () => {
  const file = new URL("../../../docs/generated/exercises.md", import.meta.url);
  expect(readFileSync(file, "utf8")).toBe(await exercisesDocument());
});
