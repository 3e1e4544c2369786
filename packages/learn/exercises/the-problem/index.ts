import type { Exercises } from "../../src/exercise.ts";
import { staleSteps } from "./stale-steps/exercise.ts";
import { verdict } from "./verdict/exercise.ts";
import { whichShirt } from "./which-shirt/exercise.ts";

export const theProblem: Exercises = {
  "which-shirt": whichShirt,
  verdict,
  "stale-steps": staleSteps,
};
