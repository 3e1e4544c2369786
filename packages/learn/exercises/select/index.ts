import type { Exercises } from "../../src/exercise.ts";
import { giveUp } from "./give-up/exercise.ts";
import { offer } from "./offer/exercise.ts";
import { stopFirst } from "./stop-first/exercise.ts";
import { twoSources } from "./two-sources/exercise.ts";

export const select: Exercises = {
  "give-up": giveUp,
  "two-sources": twoSources,
  "stop-first": stopFirst,
  offer,
};
