import type { Exercises } from "../../src/exercise.ts";
import { lateJob } from "./late-job/exercise.ts";
import { oldJobAgain } from "./old-job-again/exercise.ts";
import { oneFreeze } from "./one-freeze/exercise.ts";
import { threeEndings } from "./three-endings/exercise.ts";
import { whichAge } from "./which-age/exercise.ts";

export const whatBroadcastCannotDo: Exercises = {
  "which-age": whichAge,
  "three-endings": threeEndings,
  "old-job-again": oldJobAgain,
  "one-freeze": oneFreeze,
  "late-job": lateJob,
};
