/** The caption of a scene: what its trace tells, and what should never have been seen. */
import { captionOf as captionOfTrace, type Stage, type TraceEvent } from "@shirts/story";

/** What a caption must know beside the trace. */
export interface Told {
  readonly stage: Stage;
  /** How many nodes worked. */
  readonly nodes: number;
}

/** The caption of a scene's trace: what was decisive, or that the race did not show itself. */
export function captionOf(trace: readonly TraceEvent[], told: Told): string {
  return captionOfTrace(trace, { isFenced: told.stage === "v4", ifWrong: news(told) });
}

/** What should never have been seen. */
function news({ stage, nodes }: Told): string[] {
  const please = "please tell us, with the output of --json.";
  if (stage === "v4") return [`In v4 that must never happen: ${please}`];
  if (stage === "v1" && nodes === 1) return [`One worker on one queue should keep the order: ${please}`];
  return [];
}
