import type { Exercises } from "../../src/exercise.ts";
import { twoSources } from "./two-sources/exercise.ts";

export const select: Exercises = { "two-sources": twoSources };
