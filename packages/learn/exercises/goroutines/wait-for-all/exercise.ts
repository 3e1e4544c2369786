import { play } from "@shirts/basics/play";
import { exercise } from "@shirts/learn/exercise";
import { complainAboutPainting } from "../painting.ts";

export const waitForAll = exercise({
  task: `Three areas are painted side by side, and "all are painted" comes before anybody has moved.
Let it be the last line, and true, for any list of areas. One line is missing.`,
  law: `the areas are painted side by side, and "all are painted" comes when all of them are`,
  hints: [
    "`group.go` starts a routine and returns at once. Who waits for it?",
    "The group counts the routines that are not back. It has a method that waits for zero.",
    "A method that waits returns a promise. Without `await` the next line does not wait for it.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  complaint: ({ paintAll }) => complainAboutPainting(paintAll),
});
