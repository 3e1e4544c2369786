import { scheduler } from "@shirts/learn/scheduler";

export const lateJob = scheduler("v3", {
  task: `You are the scheduler of v3. Cancels are heard at once, and nobody freezes or dies. Only a job may be late: you say when it arrives.
Press Enter, and make PURPLE win.`,
  hints: [
    "In v3 each job that a node takes stops the others of its area.",
    "The node does not ask which of two jobs is the older one.",
    "Let the job of BLUE arrive first, and the job of PURPLE after it.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
});
