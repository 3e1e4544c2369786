export { /** @public */ type Blocked, DeadlockError } from "../deadlock.ts";
export type { /** @public */ Scheduler } from "../scheduler.ts";
export { /** @public */ type BubbleOptions, bubble } from "./bubble.ts";
export { isAwaited } from "./is-awaited.ts";
export { /** @public */ type RoutineGroup, routineGroup } from "./routine-group.ts";
export { useScheduler } from "./use-scheduler.ts";
