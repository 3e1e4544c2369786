/** Trace events on a terminal: the story's words, with commands in colour and a tone for the whole line. */
import { type Description, describe, pieceText, type Tone, type TraceEvent } from "@shirts/story";
import chalk, { type ChalkInstance } from "chalk";
import { commandText } from "./shirts.ts";

const TONES: Readonly<Record<Tone, ChalkInstance>> = {
  plain: chalk.reset,
  quiet: chalk.dim,
  good: chalk.green,
  notable: chalk.yellow,
  alarm: chalk.red,
};

/** The sentence of an event. `reader` is left out as the subject: a node's own event log needs no name on each line. */
export function eventText(event: TraceEvent, reader?: string): string {
  const { subject, predicate, tone }: Description = describe(event);
  const words = predicate.map((piece) =>
    typeof piece === "object" && "command" in piece ? commandText(piece.command) : pieceText(piece),
  );
  return TONES[tone]((subject === reader ? "" : `${subject} `) + words.join(""));
}
