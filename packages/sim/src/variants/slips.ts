/** The slips of the talk's slides and published code, each as a stage that can be played: `pnpm sim slip-5 --find`. */
import { worker as v1 } from "@shirts/v1";
import { worker as v2 } from "@shirts/v2";
import { worker as v3 } from "@shirts/v3";
import type { Stage } from "../stages.ts";
import { worker as bodyAsKey } from "./workers/body-as-key.ts";
import { worker as deafSleep } from "./workers/deaf-sleep.ts";
import { worker as doneByArea } from "./workers/done-by-area.ts";
import { worker as endless } from "./workers/endless.ts";
import { worker as phantomJobs } from "./workers/phantom-jobs.ts";
import { worker as semaphoreInLoop } from "./workers/semaphore-in-loop.ts";

export const slips: readonly Stage[] = [
  {
    name: "slip-1",
    about: "dowork has no way out after the last step",
    worker: endless,
    prefetch: 3,
    stops: "others",
  },
  {
    name: "slip-2",
    about: "the loop itself waits for the semaphore",
    worker: semaphoreInLoop,
    prefetch: 2,
    stops: "others",
  },
  { name: "slip-4", about: "a cancel names the whole body", worker: bodyAsKey, prefetch: 3, stops: "others" },
  { name: "slip-5", about: "done carries only the area", worker: doneByArea, prefetch: 3, stops: "others" },
  {
    name: "slip-10",
    about: "a deaf sleep after each cancel and in each step",
    worker: deafSleep,
    prefetch: 3,
    stops: "others",
  },
  {
    name: "slip-12",
    about: "a publish that fails is forgotten",
    worker: v3,
    prefetch: 3,
    stops: "others",
    forgetful: true,
  },
  {
    name: "slip-13",
    about: "a closed chan of jobs is not noticed",
    worker: phantomJobs,
    prefetch: 3,
    stops: "others",
    neverReconnects: true,
  },
  { name: "slip-13-v1", about: "v1, and nobody reconnects", worker: v1, prefetch: 1, neverReconnects: true },
  {
    name: "slip-14",
    about: "v2 shares its exchange with a running v3",
    worker: v2,
    prefetch: 1,
    stops: "others",
    sharesExchange: true,
  },
];
