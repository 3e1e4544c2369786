import type { Exercises } from "../../src/exercise.ts";
import { holdTheRow } from "./hold-the-row/exercise.ts";
import { oneStatement } from "./one-statement/exercise.ts";
import { twoPresidents } from "./two-presidents/exercise.ts";

export const fence: Exercises = {
  "hold-the-row": holdTheRow,
  "one-statement": oneStatement,
  "two-presidents": twoPresidents,
};
