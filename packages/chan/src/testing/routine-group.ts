import { enterRegistry, Registry } from "../registry.ts";

/** Routines that are counted apart from all others: a simulator has one group for each process that it plays. */
export interface RoutineGroup {
  /** From now on, `go` starts routines of this group, and only routines of this group run. Returns a function that leaves it. */
  readonly enter: () => () => void;
  /** How many of its routines have not ended. */
  readonly live: () => number;
}

export function routineGroup(): RoutineGroup {
  const registry = new Registry();
  return { enter: () => enterRegistry(registry), live: () => registry.live };
}
