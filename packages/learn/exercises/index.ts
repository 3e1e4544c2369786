/** All exercises: chapters in the order of docs/chapters.json, and in each the order in which they are done. */
import type { Exercises } from "../src/exercise.ts";
import { cancelByBroadcast } from "./cancel-by-broadcast/index.ts";
import { select } from "./select/index.ts";
import { simulator } from "./simulator/index.ts";
import { twoNodes } from "./two-nodes/index.ts";
import { whatBroadcastCannotDo } from "./what-broadcast-cannot-do/index.ts";

export const chapters: Readonly<Record<string, Exercises>> = {
  select,
  "two-nodes": twoNodes,
  "cancel-by-broadcast": cancelByBroadcast,
  "what-broadcast-cannot-do": whatBroadcastCannotDo,
  simulator,
};
