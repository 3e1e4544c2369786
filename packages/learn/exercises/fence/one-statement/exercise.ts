import { exercise } from "@shirts/learn/exercise";
import { complaintOfStep, type Step, tellStep } from "../../support/fence-judge.ts";

export const asStep =
  (text: string): Step =>
  async (query, { area, revision, shirt }, person) =>
    (await query(text, [area, revision, shirt, person])).rowCount === 1;

export const oneStatement = exercise({
  task: `This step is one statement, and BLUE still slips in: between the moment in which it compares and the moment in which it writes.
Write the fence in SQL: find the area's row with this token, hold it, and paint only when it is there.`,
  law: "one statement compares, holds and writes: BLUE is accepted before it or after it, never in the middle",
  hints: [
    "A `SELECT ... FOR NO KEY UPDATE` holds the row. It can stand in front of an UPDATE: `WITH fence AS (SELECT ...) UPDATE ...`.",
    "PostgreSQL runs such a SELECT only when somebody reads from `fence`.",
    "`UPDATE people SET ... WHERE ... AND EXISTS (SELECT FROM fence)`, and inside of `fence` the area and its revision.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  // A database is opened for it: two seconds, and more on a busy machine.
  seconds: 60,
  run: ({ step }, print) => tellStep(asStep(step), print),
  async complaint({ step }) {
    if (typeof step !== "string" || step.trim() === "") return "`step` should be a text: one SQL statement";
    return complaintOfStep(asStep(step));
  },
});
