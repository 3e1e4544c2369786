/** The game: one level, played with keys. Each position is played from its start by the simulator, with the stage's own worker. */

import { explore } from "@shirts/sim";
import {
  buttonsOf,
  type Hint,
  hintFor,
  type Level,
  type Position,
  positionAfter,
  scheduled,
  storyOf,
  wordsOf,
} from "@shirts/sim/scheduler";
import type { Player } from "../exercise.ts";
import { gameView } from "./game-view.ts";

/** How a game has ended. */
export type Played =
  | { readonly type: "won"; readonly position: Position }
  | { readonly type: "counted"; readonly orders: number };

/** Resolves to `undefined` when the player leaves without having won, or the terminal is gone. */
export async function playLevel(level: Level, { keys, columns, show }: Player): Promise<Played | undefined> {
  const dead = new Set<string>();
  let note: string | undefined;
  let position = await positionAfter(level, []);
  for (;;) {
    show(gameView(position, note, Math.min(columns, 100)));
    const [key = "q"] = await keys.recv();
    if (key === "q" || key === "escape") return undefined;
    if (key === "enter" && position.result === "purple") return { type: "won", position };
    if (key === "c" && level.fewest === undefined)
      return { type: "counted", orders: await count(level, show) };
    note = key === "h" ? hintText(await hintFor(position, dead), position) : undefined;
    position = await positionAfter(level, movesAfter(position, key));
  }
}

/** The moves after a key; the same ones when the key is none of this game's. */
function movesAfter(position: Position, key: string): readonly string[] {
  const { moves } = position;
  if (key === "u") return moves.slice(0, -1);
  if (key === "r") return [];
  const button = buttonsOf(position)[Number(key) - 1];
  return button ? [...moves, button.way] : moves;
}

function hintText(hint: Hint, { level, trace }: Position): string {
  switch (hint.kind) {
    case "next": {
      const shirts = storyOf(level).commands.map(({ shirt }) => shirt.toUpperCase());
      const { label, detail } = wordsOf(hint.way, trace, shirts);
      return `Next: ${label}${detail === undefined ? "" : ` (${detail})`}`;
    }
    case "undo":
      return `From here PURPLE cannot win any more. Undo ${hint.moves} ${hint.moves === 1 ? "move" : "moves"}.`;
    case "won":
      return "PURPLE has won.";
    case "never":
      return "There is no hint: no order of events makes PURPLE win here. c counts them all.";
  }
}

/** Plays every order of events, and tells how far it is. Resolves to their number; throws Error when one of them is wrong. */
async function count(level: Level, show: Player["show"]): Promise<number> {
  const tell = (ways: number, wrong: number): void =>
    show([
      `Playing every order of events of ${level.stage}. It takes some ten seconds; Ctrl-C ends the program.`,
      "",
      `${ways} orders so far, ${wrong} wrong`,
    ]);
  tell(0, 0);
  const { ways, wrong } = await explore({
    ...scheduled(level),
    onProgress: (soFar) => tell(soFar.ways, soFar.wrong),
  });
  if (wrong > 0) throw new Error(`${wrong} of ${ways} orders are wrong`);
  return ways;
}
