import { scheduler } from "@shirts/learn/scheduler";

export const crossingCancels = scheduler("v2-cross", {
  task: `You are the scheduler of v2. A node that takes a job tells all others to stop, and the network is slow: you say when a cancel is heard.
Press Enter, and make PURPLE win with nothing but the order of two cancels.`,
  hints: [
    "A cancel says which area, and who sent it. It does not say how old its job is.",
    "n1 took PURPLE and sent a cancel. What does n2 do when it hears that one, in the middle of BLUE?",
    "Let BLUE be commanded first, then let n2 hear the cancel of n1. PURPLE must paint before it hears the other cancel.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
});
