/**
 * The cancel needs 200 ms to the node with PURPLE. Until then BLUE has overtaken, and PURPLE paints over it. Nothing is broken and
 * nothing is lost: a message that takes time says what *was* true.
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
  delays: { "cancel n2!1→n1": 200 },
};
