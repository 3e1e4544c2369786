import { runStory, stageOf } from "@shirts/sim";
import { describe, expect, it } from "vitest";
import { next } from "../../src/scene/fold.ts";
import { emptyScene } from "../../src/scene/scene.ts";
import { Timeline } from "../../src/scene/timeline.ts";

const story = {
  steps: 40,
  nodes: [{ paceMs: 20 }, { paceMs: 6 }],
  commands: [
    { atMs: 0, area: "north-america", shirt: "purple" },
    { atMs: 40, area: "north-america", shirt: "blue" },
  ],
  faults: [{ kind: "pause", node: 0, atMs: 60, forMs: 100 }],
  latencyMs: 8,
} as const;

describe("the scenes of a trace", () => {
  it("are the same by a jump as by folding every event", async () => {
    const { trace } = await runStory(stageOf("v1"), story, 1);
    const timeline = new Timeline(trace, story.steps);
    let folded = emptyScene(story.steps, ["north-america"]);
    expect(timeline.at(trace.length).position).toBe(trace.length);
    expect(timeline.at(0)).toEqual(folded);
    for (const [index, event] of trace.entries()) {
      folded = next(folded, event);
      expect(timeline.at(index + 1)).toEqual(folded);
    }
  });

  it("end with what the table's verdict counts", async () => {
    const { trace, verdict } = await runStory(stageOf("v1"), story, 1);
    const wearing = new Timeline(trace, story.steps).at(trace.length).people.wearing("north-america");
    const wrong = wearing.filter((shirt) => shirt !== "blue").length;
    expect(wrong).toBeGreaterThan(0);
    expect(wrong).toBe(verdict[0]?.wrong);
  });
});
