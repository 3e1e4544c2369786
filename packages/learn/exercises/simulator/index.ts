import type { Exercises } from "../../src/exercise.ts";
import { frozenNode } from "./frozen-node/exercise.ts";
import { purpleWins } from "./purple-wins/exercise.ts";

export const simulator: Exercises = {
  "purple-wins": purpleWins,
  "frozen-node": frozenNode,
};
