import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exercisesDocument } from "../src/table.ts";

// `npm test` judges the same answers once, in answers.test.ts.
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

inCi(
  "docs/generated/exercises.md is up to date (`pnpm --filter learn table`; in CI)",
  async () => {
    const file = new URL("../../../docs/generated/exercises.md", import.meta.url);
    expect(readFileSync(file, "utf8")).toBe(await exercisesDocument());
    // Eight hundred judgements, some of them on a database: seven seconds of work, and minutes on a busy machine.
  },
  300_000,
);
