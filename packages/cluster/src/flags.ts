/** Flags that several programs have: a stage and a shirt, by name. */
import { UsageError } from "@shirts/command-line";
import { type Colour, colours, isColour, isStage, type Stage, stages } from "@shirts/story";

/** Throws UsageError when there is no such stage. */
export function stageOf(text: string): Stage {
  if (!isStage(text)) throw new UsageError(`There is no stage "${text}". Stages: ${stages.join(", ")}.`);
  return text;
}

/** Throws UsageError when the president cannot command this shirt. */
export function colourOf(text: string): Colour {
  if (!isColour(text)) throw new UsageError(`There is no shirt "${text}". Shirts: ${colours.join(", ")}.`);
  return text;
}
