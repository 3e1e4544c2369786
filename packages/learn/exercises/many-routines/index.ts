import type { Exercises } from "../../src/exercise.ts";
import { doneSaysWhich } from "./done-says-which/exercise.ts";
import { ownOlder } from "./own-older/exercise.ts";
import { waitForTheStopped } from "./wait-for-the-stopped/exercise.ts";

export const manyRoutines: Exercises = {
  "own-older": ownOlder,
  "done-says-which": doneSaysWhich,
  "wait-for-the-stopped": waitForTheStopped,
};
