/** The storm's result: one row per fault. */

import type { Stage } from "@shirts/story";
import { columns } from "@shirts/terminal";
import chalk from "chalk";
import { faultNames } from "./faults.ts";
import type { StoryResult } from "./story.ts";

/**
 * A story is wrong when somebody wears another shirt than commanded last, or a command was lost; in v4, which promises
 * it, also when a step of an overtaken command landed, though a later one painted over it.
 */
export function isWrong(stage: Stage, { peopleWrong, lost, stale }: StoryResult): boolean {
  return peopleWrong > 0 || lost > 0 || (stage === "v4" && stale > 0);
}

/** For a terminal: in columns, and in colour. */
export function stormTable(stage: Stage, results: readonly StoryResult[]): string[] {
  return columns(
    stormRows(stage, results).map((row, index) =>
      index === 0
        ? row
        : row.map((cell, at) => (at === WRONG ? (cell === "0" ? chalk.green(cell) : chalk.red(cell)) : cell)),
    ),
  );
}

const WRONG = 2;

/** The cells: the head, a row for each fault that was played, and all. */
export function stormRows(stage: Stage, results: readonly StoryResult[]): string[][] {
  const head = [
    stage,
    "stories",
    "wrong",
    "people wrong",
    "stale steps",
    "refused",
    "lost",
    "seconds to quiet",
  ];
  const row = (name: string, stories: readonly StoryResult[]) => {
    const total = (key: "peopleWrong" | "stale" | "refused" | "lost") =>
      stories.reduce((sum, story) => sum + story[key], 0);
    const wrong = stories.filter((story) => isWrong(stage, story)).length;
    const slowest = Math.max(...stories.map(({ seconds }) => seconds));
    return [
      name,
      String(stories.length),
      String(wrong),
      total("peopleWrong").toLocaleString("en"),
      String(total("stale")),
      String(total("refused")),
      String(total("lost")),
      `${median(stories.map(({ seconds }) => seconds)).toFixed(1)} (at most ${slowest.toFixed(1)})`,
    ];
  };
  const rows = faultNames.flatMap((fault) => {
    const stories = results.filter((result) => result.fault === fault);
    return stories.length > 0 ? [row(fault, stories)] : [];
  });
  return [head, ...rows, row("all", results)];
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
