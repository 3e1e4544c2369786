/** Exercises of the kind "you are the scheduler": the file keeps moves, and the simulator plays them. */
import {
  type Level,
  levelOf,
  NoSuchMoveError,
  type Position,
  positionAfter,
  storyOf,
  wordsOf,
} from "@shirts/sim/scheduler";
import { type Exercise, exercise } from "../exercise.ts";
import type { Moves } from "../index.ts";
import { playLevel } from "./game.ts";
import { endOf, eventLines, peopleLine } from "./game-view.ts";

interface ScheduleModule {
  readonly moves: Moves;
}

type Text = Pick<Exercise<ScheduleModule>, "task" | "hints" | "given" | "solution">;

/** An exercise whose file exports `moves`: PURPLE, the older command, must win in this level. */
export function scheduler(id: string, text: Text): Exercise {
  const level = levelNamed(id);
  return exercise<ScheduleModule>({
    ...text,
    law: "in the end somebody wears PURPLE, the older command",
    async run({ moves }, print) {
      for (const line of await story(level, moves)) print(line);
    },
    complaint: ({ moves }) => notWon(level, moves),
    async play(player) {
      const played = await playLevel(level, player);
      return played?.type === "won" ? withMoves(player.text, played.position) : undefined;
    },
  });
}

export function levelNamed(id: string): Level {
  const level = levelOf(id);
  if (!level) throw new Error(`there is no level "${id}"`);
  return level;
}

/** What happens with these moves, a line for each event. */
export async function story(level: Level, moves: Moves): Promise<string[]> {
  const position = await positionAfter(level, checked(moves));
  return [...eventLines(position), `people: ${peopleLine(position)}`];
}

/** Why PURPLE does not win with these moves; undefined when it does. */
export async function notWon(level: Level, moves: Moves): Promise<string | undefined> {
  let position: Position;
  try {
    position = await positionAfter(level, checked(moves));
  } catch (error) {
    if (error instanceof NoSuchMoveError) return error.message;
    throw error;
  }
  if (position.result === "purple") return undefined;
  if (position.result !== undefined) return endOf(position);
  const open = position.ways.map((way) => `"${way}"`).join(", ");
  return `after these ${moves.length} moves the story goes on, and nobody has won: next may come ${open}`;
}

function checked(moves: unknown): Moves {
  if (Array.isArray(moves) && moves.every((move) => typeof move === "string")) return moves;
  throw new Error("the file must export `moves`, a list of texts");
}

/** The file's text with other moves, each with its words beside it. */
export function withMoves(text: string, position: Position): string {
  return replaced(
    text,
    /export const moves: Moves = \[[^\]]*\];/,
    `export const moves: Moves = [\n${moveLines(position)}];`,
  );
}

/** Throws Error when the reader has taken out what is to be written anew. */
export function replaced(text: string, place: RegExp, by: string): string {
  if (!place.test(text))
    throw new Error(
      "your file has no line `export const moves: Moves = [` to write into: r writes it as it was given",
    );
  return text.replace(place, () => by);
}

function moveLines({ moves, marks, trace, level }: Position): string {
  const shirts = storyOf(level).commands.map(({ shirt }) => shirt.toUpperCase());
  return moves
    .map((move, index) => {
      const { label, detail } = wordsOf(move, trace.slice(0, marks[index]), shirts);
      return `  ${JSON.stringify(move)}, // ${label}${detail === undefined ? "" : `, ${detail}`}\n`;
    })
    .join("");
}
