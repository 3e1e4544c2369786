import { burst } from "../src/cli/count.ts";
import type { ExplorableFault } from "../src/explore.ts";
import { stageOf } from "../src/stages.ts";

/** The story that is counted: two nodes, PURPLE before BLUE, and one fault perhaps. */
export const small = (stage: string, steps: number, fault?: ExplorableFault) => ({
  stage: stageOf(stage),
  nodes: 2,
  steps,
  commands: burst(2),
  fault,
});
