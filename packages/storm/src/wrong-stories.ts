/** What the report says of wrong stories: how to play one again, why it was wrong, and how to see its trace. */
import { join } from "node:path";
import { type Flags, quoted, subjectOf } from "./flags.ts";
import type { StoryResult } from "./story.ts";

/** More would hide the table above them. */
const TOLD_MAX = 10;
const REASONS_MAX = 5;

type Named = Pick<StoryResult, "fault" | "seed">;

/** The file that keeps a wrong story's trace. */
export function traceFile(
  { traces, stage }: Pick<Flags, "traces" | "stage">,
  { fault, seed }: Named,
): string {
  return join(traces, `${stage}-${fault}-${seed}.jsonl`);
}

/** The lines about them; none when there are none. */
export function wrongLines(
  flags: Pick<Flags, "traces" | "stage" | "worker">,
  wrong: readonly (Named & Pick<StoryResult, "why">)[],
): string[] {
  if (wrong.length === 0) return [];
  const stories = wrong
    .slice(0, TOLD_MAX)
    .flatMap((story) => [
      `  wrong: pnpm storm ${subjectOf(flags)} --faults ${story.fault} --stories 1 --seed ${story.seed}`,
      ...story.why.slice(0, REASONS_MAX).map((line) => `    ${line}`),
      `    see it: pnpm theatre --trace ${quoted(traceFile(flags, story))}`,
    ]);
  return [...stories, `  their traces: ${flags.traces} (pnpm sim --read FILE tells one in the terminal)`];
}
