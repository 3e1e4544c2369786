import { scheduler } from "@shirts/learn/scheduler";

export const oneFreeze = scheduler("v2-freeze", {
  task: `You are the scheduler of v2, and the network is perfect: every message arrives at once. But one node may freeze for a while, and wake up.
Press Enter, and make PURPLE win with one freeze.`,
  hints: [
    "A frozen node hears nothing. Its messages wait for it.",
    "What waits for a node that wakes up is read in any order.",
    "Freeze n1 before PURPLE is commanded. Let it wake up, and let it read its job, when BLUE is already on its way.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
});
