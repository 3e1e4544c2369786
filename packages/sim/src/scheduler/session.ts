/**
 * A game: a level and the moves so far. Nothing is kept between two moves: each position is played from the start, by the
 * simulator, with the stage's own worker. To undo is to play one move less.
 *
 * Invariants:
 * 1. A move is a choice of the player. Where one event alone may happen next, and where a level says that a message arrives
 *    at once, it happens by itself and is no move.
 * 2. The same level and moves give the same position.
 */
import type { AreaVerdict, TraceEvent } from "@shirts/story";
import { type Fork, type Played, playSchedule } from "../schedule.ts";
import type { Schedule } from "../schedule-file.ts";
import { type Level, scheduled, storyOf } from "./levels.ts";
import { isPrompt, sentBy, type Way, wayOf } from "./ways.ts";

/** How a story ended. "none": BLUE does not win, and nobody wears PURPLE. */
export type Result = "purple" | "none" | "blue";

export interface Position {
  readonly level: Level;
  /** The names of the ways that the player took. */
  readonly moves: readonly string[];
  /** The names of all ways taken, also of those that were no move: a schedule for `pnpm sim --schedule`. */
  readonly choices: readonly string[];
  /** The names of the ways that the player may take now; none when the story is over. */
  readonly ways: readonly string[];
  readonly trace: readonly TraceEvent[];
  /** For each move, how many events had happened before it. */
  readonly marks: readonly number[];
  readonly verdict: readonly AreaVerdict[];
  /** Undefined while the story goes on. */
  readonly result: Result | undefined;
  readonly isFaultLeft: boolean;
  /** Two positions of a level with the same key have the same future; undefined when that is not known. */
  readonly key: string | undefined;
}

/** A move that is none of the ways at its place; the message is one line for people. */
export class NoSuchMoveError extends Error {
  override readonly name = "NoSuchMoveError";
}

/** Plays these moves. Throws NoSuchMoveError. */
export async function positionAfter(level: Level, moves: readonly string[]): Promise<Position> {
  const choices: string[] = [];
  const marks: number[] = [];
  let wrong: string | undefined;
  const played = await playSchedule(scheduled(level), (fork) => {
    const { ways, trace } = fork;
    let way = byItself(level, fork);
    if (way < 0) {
      const move = moves[marks.length];
      if (move === undefined) return undefined;
      way = ways.indexOf(move);
      if (way < 0) {
        wrong = `move ${marks.length + 1}, "${move}", cannot happen there; what can: ${ways.join(", ")}`;
        return undefined;
      }
      marks.push(trace.length);
    }
    choices.push(ways[way] as string);
    return way;
  });
  if (wrong !== undefined) throw new NoSuchMoveError(wrong);
  if (marks.length < moves.length) {
    const won = resultOf(played) === "purple" ? ". PURPLE has won: take the rest away" : "";
    const over = `the story is over after ${marks.length} moves, and there are ${moves.length}`;
    throw new NoSuchMoveError(`${over}${won}`);
  }
  const { fork, ...rest } = played;
  const ways = fork?.ways ?? [];
  return { level, moves, choices, marks, ways, ...rest, result: resultOf(played), key: fork?.key() };
}

/** The way that is taken without asking the player, or -1: what arrives at once in this level. */
function byItself({ late }: Level, { ways, trace }: Fork): number {
  return ways.findIndex((label) => {
    const way = wayOf(label);
    return isPrompt(way) && !late.includes(way.kind) && !hasWaited(trace, way);
  });
}

/** Since it waited while its node was frozen, it is read in any order with the rest. */
function hasWaited(trace: readonly TraceEvent[], way: Way): boolean {
  const sent = sentAs(trace, way);
  if (!sent || !("node" in way)) return false;
  const woken = trace.findLastIndex((event) => event.type === "resumed" && event.node === way.node);
  return trace.indexOf(sent) < woken;
}

/** The event that sent a job or a cancel. */
function sentAs(trace: readonly TraceEvent[], way: Way): TraceEvent | undefined {
  switch (way.kind) {
    case "cancel":
      return sentBy(trace, way.sender)[way.nth - 1];
    case "job":
    case "redelivery":
      return trace.find((event) => event.type === "commanded" && event.command.revision === way.revision);
    default:
      return undefined;
  }
}

function resultOf({ fork, verdict }: Played): Result | undefined {
  if (fork) return undefined;
  if (verdict.some(({ wearing }) => wearing.purple)) return "purple";
  return verdict.every(({ wrong }) => wrong === 0) ? "blue" : "none";
}

/** The file that `pnpm sim --schedule` plays. */
export function scheduleOf({ level, choices }: Position): Schedule {
  return { ...storyOf(level), choices };
}
