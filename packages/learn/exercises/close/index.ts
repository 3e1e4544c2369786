import type { Exercises } from "../../src/exercise.ts";
import { lastWord } from "./last-word/exercise.ts";
import { reports } from "./reports/exercise.ts";
import { stopAll } from "./stop-all/exercise.ts";
import { zero } from "./zero/exercise.ts";

export const close: Exercises = { "last-word": lastWord, reports, zero, "stop-all": stopAll };
