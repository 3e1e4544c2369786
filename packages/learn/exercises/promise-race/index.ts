import type { Exercises } from "../../src/exercise.ts";
import { leftBehind } from "./left-behind/exercise.ts";
import { listeners } from "./listeners/exercise.ts";
import { stillPainting } from "./still-painting/exercise.ts";
import { stop } from "./stop/exercise.ts";

export const promiseRace: Exercises = {
  "left-behind": leftBehind,
  stop,
  "still-painting": stillPainting,
  listeners,
};
