/** A game as a link, and back. */

import { type Level, levelOf, NoSuchMoveError, type Position, positionAfter } from "@shirts/sim/scheduler";
import { encode, type Value } from "../link/link.ts";
import { text } from "../text.ts";

/** The part of the address that opens this position. Throws, in one line for people, what no link can hold. */
export function linkOf(position: Pick<Position, "level" | "moves">): Promise<string> {
  return encode("schedule", savedOf(position));
}

/** What a link holds of a game. */
export function savedOf({ level, moves }: Pick<Position, "level" | "moves">): Value<"schedule"> {
  return { level: level.id, moves: [...moves] };
}

export interface Opened {
  readonly position: Position;
  /** What a reader must know: some of its moves cannot happen any more. */
  readonly note: string | undefined;
}

/** Plays what a link holds, or says in one line why it does not open. */
export async function openSaved(saved: Value<"schedule">): Promise<Opened | { readonly why: string }> {
  const level = levelOf(saved.level);
  if (!level) return { why: text.schedule.link.noLevel(saved.level) };
  return playAsFar(level, saved.moves.map(String));
}

/** The moves that can happen, up to the first that cannot. */
async function playAsFar(level: Level, moves: readonly string[]): Promise<Opened> {
  let note: string | undefined;
  for (let kept = moves.length; kept > 0; kept--)
    try {
      return { position: await positionAfter(level, moves.slice(0, kept)), note };
    } catch (error) {
      if (!(error instanceof NoSuchMoveError)) throw error;
      note = text.schedule.link.gone(error.message);
    }
  return { position: await positionAfter(level, []), note };
}
