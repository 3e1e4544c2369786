import { exercise } from "@shirts/learn/exercise";
import type { Story } from "@shirts/sim";
import { playStage } from "../../support/story.ts";

/** v3's story of two cancels that meet (packages/v3/stories/mutual-cancel.json). */
const story: Story = {
  steps: 6,
  latencyMs: 6,
  nodes: [{ paceMs: 40 }, { paceMs: 40 }],
  commands: [
    { atMs: 0, area: "north-america", shirt: "purple" },
    { atMs: 0, area: "north-america", shirt: "blue" },
  ],
  faults: [],
};

const hints = {
  v3: "each node looks at the sender of a cancel, and each cancel comes from the other node. Who is left to paint?",
  "v3-fence":
    "the fence refuses a step that is old. Is there any step that it could refuse, or let pass, when both nodes have stopped?",
  fence:
    "v1's worker hears no cancel, so both walk. What does the table say to each step of PURPLE after BLUE was accepted?",
  v4: "each cancel carries its revision. Which of the two nodes is older, and stops?",
} as const;

export const whatIsLeft = exercise({
  task: `Two cancels meet, and four stages play it. What does everybody wear in the end? Two of the four are given right.
Write your prediction; the judge plays the simulator.`,
  law: "each prediction is what the stage leaves behind",
  hints: [
    "A missing cancel only costs work. What does a wrong cancel cost?",
    "A fence can say no to a step. It cannot bring back a job that was stopped and acked.",
    'Nobody paints in v3, with or without a fence: everybody stays "white". In the other two BLUE is painted to its end.',
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ ends }, print) {
    for (const [stage, end] of Object.entries(ends)) print(`your prediction for ${stage}: ${end}`);
  },
  async complaint({ ends }) {
    for (const stage of ["v3", "v3-fence", "fence", "v4"] as const) {
      const { verdict } = await playStage(stage, story);
      const shirts = Object.entries(verdict[0]?.wearing ?? {}).flatMap(([shirt, people]) =>
        people > 0 ? [shirt] : [],
      );
      const end = shirts.length === 1 ? shirts[0] : "both";
      if (ends?.[stage] !== end)
        return `\`${stage}\` does not end in ${JSON.stringify(ends?.[stage])}: ${hints[stage]}`;
    }
    return undefined;
  },
});
