/** What the simulator's own tests count, for a level in which everything may be late. */
import counts from "@shirts/sim/counts.json" with { type: "json" };
import type { Level } from "@shirts/sim/scheduler";

/** How many orders a level's story has; undefined when nobody has counted it. */
export function keptOrders({ stage, fault }: Level): number | undefined {
  const rows: Readonly<Record<string, Readonly<Record<string, { readonly ways: number }>>>> = counts;
  return rows[stage]?.[fault ?? "none"]?.ways;
}
