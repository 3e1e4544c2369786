/** It freezes just before BLUE comes and wakes up when BLUE has passed, with a step that is due: it paints before it hears the cancel. */
import type { Story } from "@shirts/learn/story";

/** When the node with PURPLE freezes, and for how long. */
export const freeze = { atMs: 31, forMs: 30 };

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
