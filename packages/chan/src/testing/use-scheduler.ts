import { installScheduler, type Scheduler, scheduler } from "../scheduler.ts";

export type { Scheduler };

/**
 * Replaces chance, clock, timers, the turns and the handling of crashes (each one optional) for the whole process. Unless
 * `isTurnOver` is among the parts, every look ends the turn, so that a program yields at the same places in every run.
 * Returns a function that puts the scheduler of before back. Schedulers end in the reverse order in which they began;
 * anything else throws.
 */
export function useScheduler(parts: Partial<Scheduler>): () => void {
  const mine: Scheduler = { ...scheduler, isTurnOver: () => true, ...parts };
  const restore = installScheduler(mine);
  return () => {
    if (scheduler !== mine) throw new Error("useScheduler: a scheduler that began later is still in place");
    restore();
  };
}
