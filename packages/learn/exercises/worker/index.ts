import type { Exercises } from "../../src/exercise.ts";
import { ackInFinally } from "./ack-in-finally/exercise.ts";
import { readInTime } from "./read-in-time/exercise.ts";
import { whichAreOld } from "./which-are-old/exercise.ts";

export const worker: Exercises = {
  "read-in-time": readInTime,
  "which-are-old": whichAreOld,
  "ack-in-finally": ackInFinally,
};
