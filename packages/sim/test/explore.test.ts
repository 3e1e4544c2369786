import { expect, test } from "vitest";
import { countCell, readKeptCounts } from "../src/cli/count-table.ts";
import { explore, type SoFar } from "../src/explore.ts";
import { drawTrace } from "../src/print/draw.ts";
import { stageOf } from "../src/stages.ts";
import { small } from "./small-story.ts";

test.each([
  ["v1", 1, undefined],
  ["v1", 2, undefined],
  ["v2", 1, undefined],
  ["v3", 1, undefined],
  ["revision", 1, undefined],
  ["v3-fence", 1, undefined],
  ["v1", 1, "crash"],
  ["v2", 1, "lost-cancel"],
] as const)("%s, %d people, %s: counting equal states once changes no count", async (stage, steps, fault) => {
  const merged = await explore(small(stage, steps, fault));
  const walked = await explore({ ...small(stage, steps, fault), merging: false });
  expect({ ways: merged.ways, wrong: merged.wrong }).toEqual({ ways: walked.ways, wrong: walked.wrong });
  expect(merged.shortest).toBe(walked.shortest);
  expect(walked.runs).toBeGreaterThanOrEqual(walked.ways);
});

test("two walkers of two steps cross in 462 ways, and the older one comes last somewhere in 276", async () => {
  const { ways, wrong } = await explore(small("v1", 2));
  expect([ways, wrong]).toEqual([462, 276]);
});

const none = undefined;
test.each([
  ["v1", [none, "lost-cancel", "crash", "pause"]],
  ["v2", [none, "lost-cancel"]],
  ["v3", [none, "lost-cancel"]],
  ["revision", [none, "lost-cancel"]],
  ["fence", [none, "lost-cancel", "crash", "pause"]],
  ["v3-fence", [none, "lost-cancel"]],
] as const)(
  "%s: the kept counts are counted again (`pnpm sim --table --update` keeps new ones)",
  async (stage, faults) => {
    const kept = readKeptCounts()[stage] ?? {};
    for (const fault of faults) expect(await countCell(stageOf(stage), fault)).toEqual(kept[fault ?? "none"]);
  },
);

test.each(["v2", "v3", "revision", "v3-fence"])(
  "%s: some interleavings are wrong, and the shortest is told",
  async (stage) => {
    const { ways, wrong, trace } = await explore(small(stage, 2));
    expect(wrong).toBeGreaterThan(0);
    expect(wrong).toBeLessThan(ways);
    expect(drawTrace(trace ?? [])).toContain("BLUE 2");
  },
);

test.each([
  ["fence", undefined],
  ["fence", "crash"],
  ["fence", "pause"],
  ["v4", undefined],
] as const)("%s, %s: no interleaving is wrong", async (stage, fault) => {
  const { ways, wrong, shortest } = await explore(small(stage, stage === "v4" ? 1 : 2, fault));
  expect(ways).toBeGreaterThan(400);
  expect([wrong, shortest]).toEqual([0, undefined]);
});

test("a fault that cannot happen has no interleavings", async () => {
  expect(await explore(small("v1", 1, "lost-cancel"))).toMatchObject({ ways: 0, wrong: 0 });
});

test("a count tells how far it is, never more than it will be, and never less than before", async () => {
  const told: SoFar[] = [];
  const { ways, wrong, states } = await explore({
    ...small("no-fence", 1),
    onProgress: (soFar) => told.push(soFar),
  });
  expect(told.length).toBeGreaterThan(20);
  told.push({ ways, wrong, states });
  for (const key of ["ways", "wrong", "states"] as const)
    expect(told.map((one) => one[key])).toEqual(told.map((one) => one[key]).sort((a, b) => a - b));
});
