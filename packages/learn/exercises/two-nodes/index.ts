import type { Exercises } from "../../src/exercise.ts";
import { halfway } from "./halfway/exercise.ts";
import { lastToPaint } from "./last-to-paint/exercise.ts";
import { lockPerArea } from "./lock-per-area/exercise.ts";
import { newestStamp } from "./newest-stamp/exercise.ts";

export const twoNodes: Exercises = {
  halfway,
  "last-to-paint": lastToPaint,
  "newest-stamp": newestStamp,
  "lock-per-area": lockPerArea,
};
