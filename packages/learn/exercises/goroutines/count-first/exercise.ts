import { play } from "@shirts/basics/play";
import { exercise } from "@shirts/learn/exercise";
import { complainAboutPainting } from "../painting.ts";

export const countFirst = exercise({
  task: `Spot the mistake. Go's own tools warn of it (staticcheck calls it SA2000), and it passes each review that counts the lines.
Keep the group, and move one line, so that "all are painted" comes last.`,
  law: `a routine is counted before anybody can wait for it, and "all are painted" comes when all areas are`,
  hints: [
    "What is the count when `group.wait()` looks at it?",
    "`go` only makes a note. None of the routines has begun when the loop is over.",
    "Count where you start, not where you begin to work.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  complaint: ({ paintAll }) => complainAboutPainting(paintAll),
});
