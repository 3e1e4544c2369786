/** What a scene came to: times from the clock, people from SQL, steps from the trace. */
import { type AreaVerdict, isRight, type TraceEvent } from "@shirts/story";
import type { Scene } from "./scenes.ts";

export interface Outcome {
  readonly scene: Scene;
  /** From the first command until every job is acked. */
  readonly seconds: number;
  readonly verdicts: readonly AreaVerdict[];
  /** Everything that happened, in the order in which the demo heard of it, and the verdicts at its end. */
  readonly trace: readonly TraceEvent[];
  readonly wasted: number;
  /** Commands whose job nobody acked in time. */
  readonly unacked: number;
}

/** True when every job was acked and everybody wears the newest command's shirt. */
export function isRightOutcome({ verdicts, unacked }: Outcome): boolean {
  return unacked === 0 && isRight(verdicts);
}
