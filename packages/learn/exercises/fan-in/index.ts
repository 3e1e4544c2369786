import type { Exercises } from "../../src/exercise.ts";
import { dropThePiece } from "./drop-the-piece/exercise.ts";
import { newerWins } from "./newer-wins/exercise.ts";
import { subscribeFirst } from "./subscribe-first/exercise.ts";

export const fanIn: Exercises = {
  "newer-wins": newerWins,
  "subscribe-first": subscribeFirst,
  "drop-the-piece": dropThePiece,
};
