export { type Blocked, DeadlockError } from "../deadlock.ts";
export { type BubbleOptions, bubble } from "./bubble.ts";
export { type RoutineGroup, routineGroup } from "./routine-group.ts";
export { type Scheduler, useScheduler } from "./use-scheduler.ts";
