/**
 * v3, and a node that freezes: at `atMs`, for `forMs`. It freezes early here and wakes up before BLUE is commanded: all ends well.
 * Choose a moment and a length, so that somebody wears purple among the blue.
 */
import type { Story } from "@shirts/learn/story";

/** When the node with PURPLE freezes, and for how long. */
export const freeze = { atMs: 4, forMs: 5 };

/** Leave it as it is. BLUE is commanded at 30 ms. */
export const story: Story = {
  steps: 6,
  latencyMs: 2,
  nodes: [{ paceMs: 12 }, { paceMs: 5 }],
  commands: [
    { atMs: 0, area: "north-america", shirt: "purple" },
    { atMs: 30, area: "north-america", shirt: "blue" },
  ],
  faults: [{ kind: "pause", node: 0, ...freeze }],
};
