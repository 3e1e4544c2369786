export { /** @public */ type Blocked, DeadlockError } from "../deadlock.ts";
export type { /** @public */ Deferred, /** @public */ Scheduler } from "../scheduler.ts";
export { /** @public */ BoundError } from "./bound-error.ts";
export { /** @public */ type BubbleOptions, bubble } from "./bubble.ts";
export {
  /** @public */ type Explored,
  /** @public */ type ExploreLimits,
  /** @public */ type ExploreOptions,
  /** @public */ explore,
} from "./explore/explore.ts";
export { /** @public */ ExploreError } from "./explore/explore-error.ts";
export { isAwaited } from "./is-awaited.ts";
export { /** @public */ type RoutineGroup, routineGroup } from "./routine-group.ts";
export { useScheduler } from "./use-scheduler.ts";
