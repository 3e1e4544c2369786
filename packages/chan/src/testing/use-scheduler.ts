import { installScheduler, type Scheduler, scheduler } from "../scheduler.ts";

/**
 * Replaces chance, clock, timers, the event loop and the handling of panics for the whole process; what `parts` leaves out stays.
 * Unless `isTurnOver` is among the parts, an event-loop turn ends after 4096 operations, so that a program yields at the same places
 * in every run. Never blocks. Returns a function that puts the scheduler before it back; that function throws unless schedulers
 * end in the reverse order in which they began. Go: none; its runtime cannot be replaced.
 *
 * @example
 * ```ts
 * const [a, b] = [chan<number>(1), chan<number>(1)];
 * await a.send(1);
 * await b.send(2);
 * const restore = useScheduler({ random: () => 0.9 });
 * const it = trySelect({ a: receiving(a), b: receiving(b) });
 * restore();
 * it?.case; // => "a"
 * ```
 */
export function useScheduler(parts: Partial<Scheduler>): () => void {
  const mine: Scheduler = { ...scheduler, isTurnOver: () => true, ...parts };
  const restore = installScheduler(mine);
  return () => {
    if (scheduler !== mine) throw new Error("useScheduler: a scheduler that began later is still in place");
    restore();
  };
}
