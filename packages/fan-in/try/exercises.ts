/** The laws of the exercises of part 2. */
import { type Exercise, exercise } from "@shirts/basics/exercise";
import { ORDERS } from "../src/president.ts";
import { type Rehearsed, rehearse } from "../src/rehearsal.ts";
import { PACE } from "../src/workshop.ts";

function complaint({ old, results, reads }: Rehearsed): string | undefined {
  if (results.length < ORDERS) return `${results.length} of ${ORDERS} shirts were delivered`;
  if (old.length === 0) return undefined;
  return `${old.length} of ${ORDERS} shirts are old: ${old.join(", ")} (the table was read ${reads} times)`;
}

export const exercises: Readonly<Record<string, Exercise>> = {
  worker: exercise(
    "no shirt is dyed in an old state, although nothing is pushed",
    () => import("./worker.ts"),
    () => import("./solutions/worker.ts"),
    async ({ worker }) => complaint(await rehearse(worker, PACE)),
  ),
  "fan-in": exercise(
    "no shirt is dyed in an old state, however fast the orders come",
    () => import("./fan-in.ts"),
    () => import("./solutions/fan-in.ts"),
    async ({ fanIn }) =>
      complaint(await rehearse(fanIn, PACE)) ??
      complaint(await rehearse(fanIn, { ...PACE, orderMs: 70, sewMs: 100 })),
  ),
};
