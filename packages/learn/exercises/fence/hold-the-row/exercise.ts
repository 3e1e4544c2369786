import { exercise } from "@shirts/learn/exercise";
import { complaintOfStep, tellStep } from "../../support/fence-judge.ts";

export const holdTheRow = exercise({
  task: `One step of PURPLE compares its token and paints, in one transaction, and BLUE is accepted in between. Real projects had this
mistake: "need to select FOR UPDATE to lock row", github.com/hemilabs/heminetwork/pull/245.
Change one line of the SQL, so that BLUE has to wait until the step is over. It is judged on a real PostgreSQL in this process.`,
  law: "a step lands with the newest token only, and BLUE is accepted before it or after it, never in the middle",
  hints: [
    "A SELECT looks, and lets go. Another connection may change the row in the next moment.",
    "A SELECT can hold the rows that it has found until the transaction ends: its last line begins with FOR.",
    "`FOR NO KEY UPDATE` behind the WHERE. (`FOR KEY SHARE` is too weak: it lets an UPDATE of the revision pass.)",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  // A database is opened for it: two seconds, and more on a busy machine.
  seconds: 60,
  run: ({ paint }, print) => tellStep(paint, print),
  complaint: ({ paint }) => complaintOfStep(paint),
});
