import { enterRegistry, Registry } from "../registry.ts";

/**
 * Routines that are counted apart from all others; `routineGroup` makes one. Go: none; it is one process among several.
 *
 * @example
 * ```ts
 * const group: RoutineGroup = routineGroup();
 * const leave = group.enter();
 * leave();
 * group.live(); // => 0
 * ```
 */
export interface RoutineGroup {
  /**
   * From now on `go` starts routines of this group, and a routine that blocks belongs to it: run no others until you leave. Returns
   * a function that leaves the group. Neither of them blocks or throws.
   */
  readonly enter: () => () => void;
  /** How many routines that `go` started in this group have not ended. */
  readonly live: () => number;
}

/**
 * Makes a group of routines that are counted apart from all others: a simulator has one for each process that it plays. Never
 * blocks or throws. Go: none; it is one process among several.
 *
 * @example
 * ```ts
 * const c = chan<number>();
 * const group = routineGroup();
 * const leave = group.enter();
 * go(() => c.recv());
 * leave();
 * group.live(); // => 1
 * await c.send(7);
 * await sleep(0);
 * group.live(); // => 0
 * ```
 */
export function routineGroup(): RoutineGroup {
  const registry = new Registry();
  return { enter: () => enterRegistry(registry), live: () => registry.live };
}
