/** Scrubbing in a long story: how many events are folded for one jump. */
import type { TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
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
