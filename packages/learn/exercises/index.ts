/** All exercises: chapters in the order of docs/chapters.json, and in each the order in which they are done. */
import type { Exercises } from "../src/exercise.ts";
import { cancelByBroadcast } from "./cancel-by-broadcast/index.ts";
import { channels } from "./channels/index.ts";
import { close } from "./close/index.ts";
import { fanIn } from "./fan-in/index.ts";
import { fence } from "./fence/index.ts";
import { goroutines } from "./goroutines/index.ts";
import { manyRoutines } from "./many-routines/index.ts";
import { oneNode } from "./one-node/index.ts";
import { orderAndOutbox } from "./order-and-outbox/index.ts";
import { promiseRace } from "./promise-race/index.ts";
import { rabbitmq } from "./rabbitmq/index.ts";
import { select } from "./select/index.ts";
import { simulator } from "./simulator/index.ts";
import { supersede } from "./supersede/index.ts";
import { theProblem } from "./the-problem/index.ts";
import { twoNodes } from "./two-nodes/index.ts";
import { whatBroadcastCannotDo } from "./what-broadcast-cannot-do/index.ts";
import { worker } from "./worker/index.ts";

export const chapters: Readonly<Record<string, Exercises>> = {
  goroutines,
  channels,
  close,
  select,
  "promise-race": promiseRace,
  rabbitmq,
  worker,
  "fan-in": fanIn,
  "the-problem": theProblem,
  "one-node": oneNode,
  "two-nodes": twoNodes,
  "cancel-by-broadcast": cancelByBroadcast,
  "many-routines": manyRoutines,
  "what-broadcast-cannot-do": whatBroadcastCannotDo,
  fence,
  "order-and-outbox": orderAndOutbox,
  supersede,
  simulator,
};
