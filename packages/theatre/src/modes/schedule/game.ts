/** The game that the page shows: one level, the moves so far, and what is to say about them. */
import { batch, signal } from "@preact/signals";
import { type Hint, hintFor, type Level, levels, type Position, positionAfter } from "@shirts/sim/scheduler";
import { address, go } from "../../address.ts";
import { linkOf, openLink } from "../../scheduler/saved.ts";
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
/** The part of the address that this game has written itself. */
let written: string | undefined;

/** Shows what the address says; without a state, the game that was there, or the first level. */
export async function follow(state: string): Promise<void> {
  if (state !== "" && state === written) return;
  if (state === "") {
    if (position.value) await show(position.value);
    else await start(levels[0] as Level);
    return;
  }
  const opened = await openLink(state);
  if ("why" in opened) {
    if (!position.value) await start(levels[0] as Level);
    note.value = opened.why;
    return;
  }
  await show(opened.position, opened.note);
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
    const next = await positionAfter(level, moves);
    // Not in line: a link may take its time, and the next move need not wait for it.
    void show(next);
  } finally {
    isBusy.value = false;
  }
}

async function show(next: Position, told?: string): Promise<void> {
  const { level, moves, result } = next;
  batch(() => {
    position.value = next;
    hint.value = undefined;
    note.value = told;
    if (result === "purple") score.value = addWin(score.value, level.id, moves.length);
  });
  const link = await linkOf(next).catch(noLink);
  // The reader may have made another move, or gone to another mode, while it was written.
  if (position.value !== next || address.value.mode !== "schedule") return;
  written = link;
  go("schedule", link, true);
}

/** Without a link the game goes on: the button that copies one says why there is none. */
function noLink(): string {
  return "";
}
