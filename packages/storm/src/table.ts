/** The storm's result: one row per fault. */
import { columns } from "@shirts/terminal";
import chalk from "chalk";
import { faultNames } from "./faults/index.ts";
import { isWrong, type StoryResult } from "./story.ts";

/** For a terminal: in columns, and in colour. */
export function stormTable(title: string, results: readonly StoryResult[]): string[] {
  return columns(
    stormRows(title, results).map((row, index) =>
      index === 0
        ? row
        : row.map((cell, at) => (at === WRONG ? (cell === "0" ? chalk.green(cell) : chalk.red(cell)) : cell)),
    ),
  );
}

const WRONG = 2;

/** The cells: the head, a row for each fault that was played, and all. */
export function stormRows(title: string, results: readonly StoryResult[]): string[][] {
  const head = [
    title,
    "stories",
    "wrong",
    "right without a person",
    "people wrong",
    "stale steps",
    "refused",
    "lost",
    "deaf",
    "slowest command",
    "seconds to quiet",
  ];
  const row = (name: string, stories: readonly StoryResult[]) => {
    const total = (key: "peopleWrong" | "stale" | "refused" | "lost" | "deaf") =>
      stories.reduce((sum, story) => sum + story[key], 0);
    const slowest = (key: "seconds" | "slowestCommandS") =>
      Math.max(...stories.map((story) => story[key])).toFixed(1);
    return [
      name,
      String(stories.length),
      String(stories.filter(isWrong).length),
      String(stories.filter(({ isRightByItself }) => isRightByItself).length),
      total("peopleWrong").toLocaleString("en"),
      String(total("stale")),
      String(total("refused")),
      String(total("lost")),
      String(total("deaf")),
      `${slowest("slowestCommandS")} s`,
      `${median(stories.map(({ seconds }) => seconds)).toFixed(1)} (at most ${slowest("seconds")})`,
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
