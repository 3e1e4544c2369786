import type { Exercises } from "../../src/exercise.ts";
import { ackLast } from "./ack-last/exercise.ts";
import { lostCommand } from "./lost-command/exercise.ts";
import { whatItWastes } from "./what-it-wastes/exercise.ts";

export const oneNode: Exercises = {
  "ack-last": ackLast,
  "what-it-wastes": whatItWastes,
  "lost-command": lostCommand,
};
