import { unwinnable } from "@shirts/learn/scheduler";

export const everyOrder = unwinnable({
  task: `You are the scheduler of v4, and everything may be late. Press Enter, and try to make PURPLE win.
When you give up: is it impossible, or have you not found it? Only a count of all orders can tell.`,
  hints: [
    "Do as you did without the fence: hold a step of PURPLE until BLUE has painted. What does the table answer?",
    "A cancel stops only what is older. So nobody stops BLUE, whatever you do.",
    "While you play, c counts every order of events, and writes the number into your file.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
});
