import type { Exercises } from "../../src/exercise.ts";
import { cancelIsNews } from "./cancel-is-news/exercise.ts";
import { exactlyThisCommand } from "./exactly-this-command/exercise.ts";
import { whatIsLeft } from "./what-is-left/exercise.ts";

export const supersede: Exercises = {
  "cancel-is-news": cancelIsNews,
  "exactly-this-command": exactlyThisCommand,
  "what-is-left": whatIsLeft,
};
