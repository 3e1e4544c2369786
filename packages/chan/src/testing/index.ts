export { type Scheduler, useScheduler } from "./use-scheduler.ts";
