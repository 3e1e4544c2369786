/** All exercises: chapters in the order of docs/chapters.json, and in each the order in which they are done. */
import type { Exercises } from "../src/exercise.ts";
import { cancelByBroadcast } from "./cancel-by-broadcast/index.ts";
import { channels } from "./channels/index.ts";
import { close } from "./close/index.ts";
import { goroutines } from "./goroutines/index.ts";
import { promiseRace } from "./promise-race/index.ts";
import { rabbitmq } from "./rabbitmq/index.ts";
import { select } from "./select/index.ts";
import { simulator } from "./simulator/index.ts";
import { twoNodes } from "./two-nodes/index.ts";
import { whatBroadcastCannotDo } from "./what-broadcast-cannot-do/index.ts";

export const chapters: Readonly<Record<string, Exercises>> = {
  goroutines,
  channels,
  close,
  select,
  "promise-race": promiseRace,
  rabbitmq,
  "two-nodes": twoNodes,
  "cancel-by-broadcast": cancelByBroadcast,
  "what-broadcast-cannot-do": whatBroadcastCannotDo,
  simulator,
};
