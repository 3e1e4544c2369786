/** "You are the scheduler" on the screen: what has happened, what everybody wears, and what may happen next. */
import { type Button, buttonsOf, type Position, storyOf } from "@shirts/sim/scheduler";
import type { Colour } from "@shirts/story";
import { eventText } from "@shirts/terminal";
import chalk from "chalk";
import { wrap } from "../text.ts";

/** Events that are shown; the older ones are in the file's comments later. */
const EVENTS = 8;

/** What has happened so far, a sentence each. */
export function eventLines({ trace }: Pick<Position, "trace">): string[] {
  return trace.map((event) => eventText(event));
}

/** `1 PURPLE  2 -`: what the people of the level wear. */
export function peopleLine({ trace, level }: Position): string {
  const worn = new Array<Colour | undefined>(storyOf(level).steps);
  for (const event of trace) if (event.type === "painted") worn[event.step] = event.command.shirt;
  return [...worn].map((shirt, index) => `${index + 1} ${shirt?.toUpperCase() ?? "-"}`).join("   ");
}

/** The buttons of a position with their numbers. */
export function buttonLines(buttons: readonly Button[]): string[] {
  return buttons.map(
    ({ label, detail }, index) => `  ${index + 1} ${label}${detail === undefined ? "" : ` (${detail})`}`,
  );
}

/** The whole screen, at most `width` wide. */
export function gameView(position: Position, note: string | undefined, width: number): string[] {
  const { moves, level, result } = position;
  const events = eventLines(position);
  return [
    chalk.bold(`You are the scheduler of ${level.stage}: move ${moves.length + 1}`),
    ...wrap(
      "The president commands PURPLE, then BLUE. Make PURPLE win: somebody still wears it in the end.",
      width,
    ),
    "",
    ...(events.length > EVENTS ? [chalk.dim(`  … ${events.length - EVENTS} events before`)] : []),
    ...events.slice(-EVENTS).map((line) => `  ${line}`),
    "",
    `People: ${peopleLine(position)}`,
    "",
    ...(result === undefined
      ? ["What happens next?", ...buttonLines(buttonsOf(position))]
      : wrap(endOf(position), width)),
    ...(note === undefined ? [] : ["", ...wrap(note, width).map((line) => chalk.yellow(line))]),
    "",
    chalk.dim(
      result === "purple" ? "Enter write the moves into your file  u undo  q back" : keysOf(position),
    ),
  ];
}

function keysOf({ level }: Position): string {
  const count = level.fewest === undefined ? "  c count all orders" : "";
  return `1-9 choose  u undo  r from the start  h hint${count}  q back`;
}

/** What the end of the story says. */
export function endOf({ result, moves, level }: Position): string {
  switch (result) {
    case "purple": {
      const fewest = level.fewest ?? 0;
      const best = moves.length <= fewest ? "nobody can do it in fewer" : `the fewest is ${fewest}`;
      return `PURPLE WINS, in ${moves.length} moves; ${best}.`;
    }
    case "none":
      return "BLUE has lost, and PURPLE has not won: nobody wears it. Let PURPLE paint before all stop.";
    case "blue":
      return "Everybody wears BLUE, as the president wants it.";
    default:
      return "The story goes on.";
  }
}
