import type { Exercises } from "../../src/exercise.ts";
import { lastToPaint } from "./last-to-paint/exercise.ts";

export const twoNodes: Exercises = {
  "last-to-paint": lastToPaint,
};
