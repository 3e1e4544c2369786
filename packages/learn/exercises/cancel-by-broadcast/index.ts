import type { Exercises } from "../../src/exercise.ts";
import { crossingCancels } from "./crossing-cancels/exercise.ts";
import { deafLoop } from "./deaf-loop/exercise.ts";
import { interruptibleSleep } from "./interruptible-sleep/exercise.ts";
import { ownCancel } from "./own-cancel/exercise.ts";

export const cancelByBroadcast: Exercises = {
  "own-cancel": ownCancel,
  "interruptible-sleep": interruptibleSleep,
  "deaf-loop": deafLoop,
  "crossing-cancels": crossingCancels,
};
