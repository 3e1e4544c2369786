/**
 * A story for the simulator, in which v2 is right in the end: one stale step, and nobody in purple. Change one number, so that
 * somebody stays purple. No fault, no other message: only time.
 */
import type { Story } from "@shirts/learn/story";

export const story: Story = {
  steps: 8,
  latencyMs: 3,
  nodes: [{ paceMs: 20 }, { paceMs: 5 }],
  commands: [
    { atMs: 0, area: "north-america", shirt: "purple" },
    { atMs: 50, area: "north-america", shirt: "blue" },
  ],
  faults: [],
  // The time that the cancel of BLUE's node needs to PURPLE's node.
  delays: { "cancel n2!1→n1": 2 },
};
