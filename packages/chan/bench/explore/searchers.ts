/** Four ways to look for an order that breaks a program: how many orders each one takes. */

import fc from "fast-check";
import { sleep } from "../../src/index.ts";
import { bubble, type ExploreError, type ExploreOptions, explore } from "../../src/testing/index.ts";
import type { Bug, World } from "./bugs.ts";

const explored: World = { wait: () => sleep(0), mark: () => undefined };

/** How many orders the searches by chance try at most. */
export const ORDERS_MAX = 1000;

export interface Found {
  readonly orders: number;
  readonly steps: number;
  readonly preemptions: number;
  readonly kind: string;
}

/** Undefined when nothing was found. */
export async function findByExplore(bug: Bug, options: ExploreOptions): Promise<Found | undefined> {
  try {
    await explore(() => bug.broken(explored), options);
    return undefined;
  } catch (error) {
    if ((error as Error).name !== "ExploreError") throw error;
    return error as ExploreError;
  }
}

/** How many orders the repaired program has; all of them are tried. */
export async function ordersOfRepaired(bug: Bug): Promise<number> {
  const { orders } = await explore(() => bug.repaired(explored), { limits: { orders: 1_000_000 } });
  return orders;
}

/**
 * fast-check's scheduler puts the marks and waits of the program into an order; a bubble around it finds deadlocks and routines that
 * are left behind, and its chance picks the cases of select. Undefined when nothing was found.
 */
export async function findByFastCheck(bug: Bug, seed: number): Promise<number | undefined> {
  const property = fc.asyncProperty(fc.scheduler(), fc.infiniteStream(fc.nat(999)), (s, chance) => {
    const turn = (): Promise<void> => s.schedule(Promise.resolve());
    const random = (): number => (chance.next().value ?? 0) / 1000;
    const main = async (): Promise<void> => {
      await s.waitFor(bug.broken({ wait: turn, mark: turn }));
      await s.waitIdle();
    };
    return bubble(main, { leftovers: "error", random });
  });
  const { failed, numRuns } = await fc.check(property, { seed, numRuns: ORDERS_MAX, endOnFailure: true });
  return failed ? numRuns : undefined;
}
