/** The game that the page shows: one level, the moves so far, and what is to say about them. */
import { batch, signal } from "@preact/signals";
import { type Hint, hintFor, type Level, levels, type Position, positionAfter } from "@shirts/sim/scheduler";
import type { Value } from "../../link/link.ts";
import { openSaved } from "../../scheduler/saved.ts";
import { addWin, readScore, type Score } from "../../scheduler/score.ts";

export const score = signal<Score>(readScore());
/** Undefined until the first level is played from its start. */
export const position = signal<Position | undefined>(undefined);
/** A move is being played. */
export const isBusy = signal(false);
export const hint = signal<Hint | "looking" | undefined>(undefined);
/** What a reader must know about the link that was opened. */
export const note = signal<string | undefined>(undefined);

/** States from which PURPLE cannot win, by level: a second hint need not look again. */
const dead = new Map<string, Set<string>>();
/** Plays what a link holds. A link that names no level leaves the game that was there, or the first level. */
export function open(saved: Value<"schedule">): Promise<void> {
  return inLine(async () => {
    const opened = await openSaved(saved);
    if ("position" in opened) return show(opened.position, opened.note);
    if (!position.value) await goTo(levels[0] as Level, []);
    note.value = opened.why;
  });
}

export function start(level: Level): Promise<void> {
  return inLine(() => goTo(level, []));
}

/** Takes a way, if it is still open when its turn comes. */
export function choose(way: string): Promise<void> {
  return inLine(async () => {
    const now = position.value;
    if (now?.ways.includes(way)) await goTo(now.level, [...now.moves, way]);
  });
}

/** Takes back one move; on a level without a move, nothing. */
export function undo(): Promise<void> {
  return inLine(async () => {
    const now = position.value;
    if (now && now.moves.length > 0) await goTo(now.level, now.moves.slice(0, -1));
  });
}

export function restart(): Promise<void> {
  return inLine(async () => {
    const now = position.value;
    if (now) await goTo(now.level, []);
  });
}

/** Who presses faster than a move is played loses no press: one after the other. */
let line: Promise<void> = Promise.resolve();

function inLine(act: () => Promise<void>): Promise<void> {
  const mine = line.then(act);
  // The next one does not wait for ever behind one that failed; its own caller gets the error.
  line = mine.catch(() => undefined);
  return mine;
}

/** Looks for the shortest way to win from here. A move meanwhile makes its answer worthless. */
export async function askHint(): Promise<void> {
  const now = position.value;
  if (!now || hint.value === "looking") return;
  hint.value = "looking";
  const known = dead.get(now.level.id) ?? new Set();
  dead.set(now.level.id, known);
  const found = await hintFor(now, known);
  if (position.value === now) hint.value = found;
}

/** The level's orders were counted, to the end, and none is wrong. */
export function markCounted(level: Level): void {
  score.value = addWin(score.value, level.id, 0);
}

async function goTo(level: Level, moves: readonly string[]): Promise<void> {
  isBusy.value = true;
  try {
    show(await positionAfter(level, moves));
  } finally {
    isBusy.value = false;
  }
}

function show(next: Position, told?: string): void {
  const { level, moves, result } = next;
  batch(() => {
    position.value = next;
    hint.value = undefined;
    note.value = told;
    if (result === "purple") score.value = addWin(score.value, level.id, moves.length);
  });
}
