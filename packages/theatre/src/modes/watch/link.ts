/** What "Watch" shows as a link holds it, and back. */
import type { Value } from "../../link/link.ts";
import type { WatchState } from "./state.ts";

export function toLink({ stages: [stage = "", beside], story, seed, position }: WatchState): Value<"watch"> {
  return {
    stage,
    ...(beside !== undefined && { beside }),
    story,
    seed,
    ...(position !== undefined && { moment: position }),
  };
}

export function fromLink({ stage, beside, story, seed, moment }: Value<"watch">): WatchState {
  return {
    stages: beside === undefined ? [stage] : [stage, beside],
    story,
    seed,
    ...(moment !== undefined && { position: moment }),
  };
}
