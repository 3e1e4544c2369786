import type { Exercises } from "../../src/exercise.ts";
import { everyOrder } from "./every-order/exercise.ts";
import { frozenNode } from "./frozen-node/exercise.ts";
import { ownV5 } from "./own-v5/exercise.ts";
import { purpleWins } from "./purple-wins/exercise.ts";
import { withoutTheFence } from "./without-the-fence/exercise.ts";

export const simulator: Exercises = {
  "purple-wins": purpleWins,
  "frozen-node": frozenNode,
  "without-the-fence": withoutTheFence,
  "every-order": everyOrder,
  "own-v5": ownV5,
};
