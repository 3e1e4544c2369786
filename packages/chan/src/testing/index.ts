export { type Blocked, DeadlockError } from "../deadlock.ts";
export type { Scheduler } from "../scheduler.ts";
export { type BubbleOptions, bubble } from "./bubble.ts";
export { type RoutineGroup, routineGroup } from "./routine-group.ts";
export { useScheduler } from "./use-scheduler.ts";
