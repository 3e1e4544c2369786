/** What the fence's lock is worth: stages whose steps wait for the row instead of happening at once. Explorations only. */
import type { Locking } from "../locks.ts";
import { type Stage, stageOf } from "../stages.ts";

const variant = (stage: string, name: string, locking: Locking, about: string): Stage => ({
  ...stageOf(stage),
  name,
  about,
  locking,
});

const held = "gets the row, compares, holds it until it commits";
const none = "compares in the statement that paints, and holds no row";

export const lockingStages: readonly Stage[] = [
  variant("fence", "fence", "held", held),
  variant("fence", "fence-no-lock", "none", none),
  variant("fence", "fence-late-lock", "late", "compares first, and then waits for the row and holds it"),
  variant("v4", "v4", "held", held),
  variant("v4", "v4-no-lock", "none", none),
];
