import type { Exercises } from "../../src/exercise.ts";
import { crossingCancels } from "./crossing-cancels/exercise.ts";

export const cancelByBroadcast: Exercises = {
  "crossing-cancels": crossingCancels,
};
