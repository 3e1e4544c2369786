import type { Exercises } from "../../src/exercise.ts";
import { countFirst } from "./count-first/exercise.ts";
import { howLong } from "./how-long/exercise.ts";
import { polite } from "./polite/exercise.ts";
import { waitForAll } from "./wait-for-all/exercise.ts";

export const goroutines: Exercises = {
  "wait-for-all": waitForAll,
  "count-first": countFirst,
  "how-long": howLong,
  polite,
};
