import type { Exercises } from "../../src/exercise.ts";
import { landsOnce } from "./lands-once/exercise.ts";
import { relay } from "./relay/exercise.ts";
import { tableFirst } from "./table-first/exercise.ts";

export const orderAndOutbox: Exercises = {
  "table-first": tableFirst,
  relay,
  "lands-once": landsOnce,
};
