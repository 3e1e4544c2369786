/** "A cancel saves work": the bound is the step that is under way, one for each routine. The laws that hold it can fail. */
import { stepsAfterCancel } from "@shirts/story";
import { expect, test } from "vitest";
import { runSeed } from "../src/find.ts";
import type { Shape } from "../src/generate.ts";
import { faultKinds } from "../src/plan.ts";
import { stageOf } from "../src/stages.ts";

const shape: Shape = { nodes: [2, 3], commands: [2, 4], steps: [2, 8], faults: [0, 3], kinds: faultKinds };
const law = "a cancel saves work";
const SEEDS = process.env.SHORT_TESTS === "1" ? 100 : 400;

/** The most steps of one routine that ended after a cancel, and how often the law was broken. */
async function wasted(name: string, seeds: number): Promise<{ most: number; broken: number }> {
  const stage = stageOf(name);
  let [most, broken] = [0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const { outcome } = await runSeed(stage, shape, seed);
    const late = stepsAfterCancel(outcome.trace, stage.stops ?? "others");
    most = Math.max(most, ...late.map(({ steps }) => steps));
    if (law in outcome.broken) broken++;
  }
  return { most, broken };
}

test.each([
  ["v2", 1],
  ["v3", 1],
  ["revision", 1],
  ["order", 1],
  // Admission asks the table about a revision that it does not know. Meanwhile the worker has heard nothing.
  ["no-fence", 2],
  ["v4", 2],
] as const)(
  "%s: after a cancel the step under way ends, and no other step begins (%d at most)",
  async (stage, bound) => {
    const { most, broken } = await wasted(stage, SEEDS);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(bound);
    expect(broken).toBe(0);
  },
);

test.each(["slip-2", "slip-10"])("planted: %s walks on after a cancel, and the law sees it", async (slip) => {
  const { most, broken } = await wasted(slip, 400);
  expect(most).toBeGreaterThan(2);
  expect(broken).toBeGreaterThan(0);
});
