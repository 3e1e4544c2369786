import type { Exercises } from "../../src/exercise.ts";
import { allSent } from "./all-sent/exercise.ts";
import { asTheyCome } from "./as-they-come/exercise.ts";
import { howFarAhead } from "./how-far-ahead/exercise.ts";
import { shelf } from "./shelf/exercise.ts";

export const channels: Exercises = {
  shelf,
  "all-sent": allSent,
  "how-far-ahead": howFarAhead,
  "as-they-come": asTheyCome,
};
