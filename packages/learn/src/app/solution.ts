/** How the reader's file differs from a solution: lines with + and -, so that no colour is needed. */
import chalk from "chalk";
import { structuredPatch } from "diff";
import { fold } from "../text.ts";

const CONTEXT = 2;

/** Lines of the difference, at most `width` wide; one line that says so when there is none. */
export function diffLines(mine: string, solution: string, width: number): string[] {
  const { hunks } = structuredPatch("mine", "solution", mine, solution, "", "", { context: CONTEXT });
  if (hunks.length === 0) return ["Your file is the solution, letter by letter."];
  const lines = hunks.flatMap((hunk) => [
    `line ${hunk.oldStart}`,
    ...hunk.lines.flatMap((line) => coloured(line, width)),
    "",
  ]);
  return ["- your file   + a solution; there are others", "", ...lines];
}

function coloured(line: string, width: number): string[] {
  const mark = line.slice(0, 1);
  const colour = mark === "+" ? chalk.green : mark === "-" ? chalk.red : String;
  return fold(line.slice(1), width - 1).map((piece) => colour(mark + piece));
}
