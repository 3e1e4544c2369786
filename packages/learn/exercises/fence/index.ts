import type { Exercises } from "../../src/exercise.ts";
import { cancelIsNews } from "./cancel-is-news/exercise.ts";
import { exactlyThisCommand } from "./exactly-this-command/exercise.ts";
import { holdTheRow } from "./hold-the-row/exercise.ts";
import { landsOnce } from "./lands-once/exercise.ts";
import { oneStatement } from "./one-statement/exercise.ts";
import { relay } from "./relay/exercise.ts";
import { tableFirst } from "./table-first/exercise.ts";
import { twoPresidents } from "./two-presidents/exercise.ts";
import { whatIsLeft } from "./what-is-left/exercise.ts";

export const fence: Exercises = {
  "hold-the-row": holdTheRow,
  "one-statement": oneStatement,
  "two-presidents": twoPresidents,
  // Order and outbox.
  "table-first": tableFirst,
  relay,
  "lands-once": landsOnce,
  // Supersede and admission.
  "cancel-is-news": cancelIsNews,
  "exactly-this-command": exactlyThisCommand,
  "what-is-left": whatIsLeft,
};
