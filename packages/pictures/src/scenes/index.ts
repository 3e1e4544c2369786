/** The pictures by the names of their files. */
import type { Scene } from "../scene.ts";
import * as basics from "./basics.ts";
import * as tailors from "./fan-in.ts";
import * as stories from "./stories.ts";

export const scenes: Readonly<Record<string, () => Promise<Scene>>> = {
  goroutines: basics.goroutines,
  channels: basics.channels,
  buffered: basics.buffered,
  close: basics.close,
  select: basics.selects,
  "promise-race": basics.promiseRace,
  rabbitmq: tailors.orders,
  worker: tailors.polling,
  "fan-in": tailors.listening,
  "one-node": stories.oneNode,
  overtaken: stories.overtaken,
  cancelled: stories.cancelled,
  "late-cancel": stories.lateCancel,
  "many-routines": stories.manyRoutines,
  frozen: stories.frozen,
  fenced: stories.fenced,
  crashed: stories.crashed,
  found: stories.found,
  outbox: stories.outbox,
  superseded: stories.superseded,
};
