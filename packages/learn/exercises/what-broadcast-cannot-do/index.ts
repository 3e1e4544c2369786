import type { Exercises } from "../../src/exercise.ts";
import { lateJob } from "./late-job/exercise.ts";
import { oneFreeze } from "./one-freeze/exercise.ts";

export const whatBroadcastCannotDo: Exercises = {
  "one-freeze": oneFreeze,
  "late-job": lateJob,
};
