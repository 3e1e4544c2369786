/** The lit lines follow the workers' own files: when a worker is written in another way, a place is looked for anew. */
import { runStory, stageOf, stages } from "@shirts/sim";
import { describe, expect, test } from "vitest";
import { listingOf } from "../../src/code/listing.ts";
import { sourceOf } from "../../src/code/sources.ts";
import { lineOf, litLines, PLACES, type PlaceName } from "../../src/code/spots.ts";
import { Timeline } from "../../src/scene/timeline.ts";

const story = {
  steps: 5,
  nodes: [{ paceMs: 16 }, { paceMs: 10 }],
  commands: [
    { atMs: 0, area: "north-america", shirt: "purple" },
    { atMs: 40, area: "north-america", shirt: "blue" },
  ],
  faults: [],
  latencyMs: 6,
} as const;

/** Places that a stage's worker does not have. */
const MISSING: Record<string, readonly PlaceName[]> = {
  v1: ["loop", "takes", "sends", "hears", "supersedes", "stops"],
  v2: ["onlyLoop", "supersedes"],
  v3: ["onlyLoop", "supersedes"],
  v4: ["onlyLoop"],
};

const linesOf = (stage: string) => listingOf(sourceOf(stage) ?? "");

describe("the code", () => {
  test.each(stages.map(({ name }) => name))("%s has a worker.ts to show, without marks", (name) => {
    const source = sourceOf(name) ?? "";
    const shown = listingOf(source);
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.some(({ text }) => text.includes("#region") || text.includes("#endregion"))).toBe(false);
    expect(shown.map(({ text }) => text).join("\n")).toBe(
      source.replace(/^[ \t]*\/\/ #(end)?region.*\n/gm, "").trimEnd(),
    );
  });

  test.each(Object.keys(MISSING))("every place is found in %s, but those that it does not have", (stage) => {
    const lines = linesOf(stage);
    const missing = (Object.keys(PLACES) as PlaceName[]).filter((name) => lineOf(lines, name) < 0);
    expect(missing).toEqual(MISSING[stage]);
  });

  test("planted: a worker that says it in other words loses its place", () => {
    const changed = listingOf((sourceOf("v3") ?? "").replaceAll("job.ack()", "job.confirm()"));
    expect(lineOf(changed, "acks")).toBe(-1);
  });

  test.each(Object.keys(MISSING))("at each moment each living node of %s is somewhere", async (stage) => {
    const lines = linesOf(stage);
    const { trace } = await runStory(stageOf(stage), story, 1);
    const timeline = new Timeline(trace, story.steps);
    for (let position = 0; position <= trace.length; position++) {
      const scene = timeline.at(position);
      const names = [...litLines(lines, scene).values()].flat();
      for (const { name } of scene.nodes)
        expect(
          names.some((label) => label.split(" ")[0] === name),
          `${name} at ${position}`,
        ).toBe(true);
    }
  });

  test("a walking routine waits for its pace", async () => {
    const lines = linesOf("v2");
    const { trace } = await runStory(stageOf("v2"), story, 1);
    const first = trace.findIndex(({ type }) => type === "painted");
    const lit = litLines(lines, new Timeline(trace, story.steps).at(first + 1));
    const [at] = [...lit].find(([, labels]) => labels.includes("n1 P")) ?? [];
    expect(lines[at ?? -1]?.text).toContain("receiving(pace())");
  });
});
