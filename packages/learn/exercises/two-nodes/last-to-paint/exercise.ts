import { scheduler } from "@shirts/learn/scheduler";

export const lastToPaint = scheduler("v1", {
  task: `You are the scheduler. Two nodes run v1, and nobody cancels anything.
Press Enter and say what happens next, until PURPLE, the older command, wins: somebody still wears it in the end.`,
  hints: [
    "Who wins is not who was commanded last. Look at who paints a person last.",
    "BLUE can have both people before PURPLE comes to the second one.",
    "Let the president command BLUE at once. Then let n2 walk to its end before n1 takes its step.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
});
