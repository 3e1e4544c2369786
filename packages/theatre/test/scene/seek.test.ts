/** Scrubbing in a long story: how many events are folded for one jump, and how much memory the kept scenes take. */
import type { TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import { after } from "../../src/scene/fold.ts";
import { emptyScene } from "../../src/scene/scene.ts";
import { Timeline } from "../../src/scene/timeline.ts";

const STEPS = 1000;
const command = { area: "north-america", shirt: "purple", revision: 1 } as const;

/** A trace that counts how often its events are read. */
function counted(length: number): { trace: TraceEvent[]; reads: () => number } {
  let reads = 0;
  const trace = Array.from({ length }, (_, at): TraceEvent => {
    const event = { type: "painted", command, step: at % STEPS, node: "n1" } as const;
    return Object.defineProperty({ ...event, at }, "type", {
      enumerable: true,
      get() {
        reads++;
        return "painted" as const;
      },
    });
  });
  return { trace, reads: () => reads };
}

test("a jump in a story of 2,000 events folds no more than the events since the last kept scene", () => {
  const { trace, reads } = counted(2000);
  const timeline = new Timeline(trace, STEPS);
  timeline.at(2000);
  // The first time all of them are.
  const whole = reads();
  expect(whole).toBeGreaterThanOrEqual(2000);
  let most = 0;
  for (let jump = 0; jump < 200; jump++) {
    const before = reads();
    timeline.at((jump * 977) % 2001);
    most = Math.max(most, reads() - before);
  }
  expect(most / whole).toBeLessThan(32.5 / 2000);
});

test("a play that goes on folds each event once", () => {
  const { trace, reads } = counted(2000);
  const timeline = new Timeline(trace, STEPS);
  timeline.at(0);
  const before = reads();
  for (let position = 1; position <= 2000; position++) timeline.at(position);
  const each = (reads() - before) / 2000;
  timeline.at(1000);
  const once = reads();
  timeline.at(1001);
  expect(each).toBeCloseTo(reads() - once, 0);
});

test("of a long trace with long jobs few scenes are kept, and a jump shows the same as folding every event", () => {
  const steps = 10_000;
  const { trace } = counted(60_000);
  const timeline = new Timeline(trace, steps);
  while (timeline.fold(5000));
  expect(timeline.keptScenes * steps).toBeLessThanOrEqual(8_000_000);
  for (const position of [60_000, 1, 33_333, 59_999, 31]) {
    const whole = after(emptyScene(steps, ["north-america"]), trace.slice(0, position));
    expect(timeline.at(position).people.wearing("north-america")).toEqual(
      whole.people.wearing("north-america"),
    );
    expect(timeline.at(position).position).toBe(position);
  }
});
