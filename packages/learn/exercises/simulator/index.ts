import type { Exercises } from "../../src/exercise.ts";
import { everyOrder } from "./every-order/exercise.ts";
import { ownV5 } from "./own-v5/exercise.ts";
import { withoutTheFence } from "./without-the-fence/exercise.ts";

export const simulator: Exercises = {
  "without-the-fence": withoutTheFence,
  "every-order": everyOrder,
  "own-v5": ownV5,
};
