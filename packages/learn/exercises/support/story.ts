/** A story of the simulator that the reader has changed: which stage loses it, and what changed. */
import type { Print } from "@shirts/learn";
import { type Outcome, runStory, type Story, stageOf, whatWentWrong } from "@shirts/sim";
import { describe, sentenceOf } from "@shirts/story";

const LAW = "last command wins";

export async function playStage(stage: string, story: Story): Promise<Outcome> {
  return runStory(stageOf(stage), story, 1);
}

export const loses = (outcome: Outcome): boolean => LAW in outcome.broken;

/** Stories go to an end within this, so nobody waits long for a judge. */
export function complaintOfBounds(story: Story): string | undefined {
  if (typeof story !== "object" || story === null || !Array.isArray(story.commands))
    return "`story` should stay a story: nodes, commands and faults";
  if (!(story.steps >= 1 && story.steps <= 20))
    return `a story here has 1 to 20 steps, and this one has ${story.steps}`;
  if (JSON.stringify(story).length > 2000) return "the story has grown: change numbers, and add nothing";
  return undefined;
}

/** Where two stories differ, as paths: "delays.cancel n2!1→n1". */
export function changed(a: unknown, b: unknown, path = ""): string[] {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null)
    return a === b ? [] : [path];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) =>
    changed(
      (a as Record<string, unknown>)[key],
      (b as Record<string, unknown>)[key],
      path ? `${path}.${key}` : key,
    ),
  );
}

export async function tellStory(stage: string, story: Story, print: Print): Promise<void> {
  const outcome = await playStage(stage, story);
  for (const event of outcome.trace)
    if (event.type !== "ready") print(`${String(event.at).padStart(4)} ms  ${sentenceOf(describe(event))}`);
  print(whatWentWrong(outcome.trace, story.steps) ?? "everybody wears the newest shirt");
}
