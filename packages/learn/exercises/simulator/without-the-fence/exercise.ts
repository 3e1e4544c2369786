import { scheduler } from "@shirts/learn/scheduler";

export const withoutTheFence = scheduler("no-fence", {
  task: `You are the scheduler of v4 without its fence. Commands have an age, old jobs are dropped, and every message arrives at once. Only a step's own way to the table takes its time.
Press Enter, and make PURPLE win.`,
  hints: [
    "A cancel stops the next step. It cannot call back one that is on its way to the table.",
    "Which person must PURPLE paint last, and who must have painted that person before?",
    "Let n1 send its first step, and hold it. Then BLUE paints that person. Then let the old step come to the table.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
});
