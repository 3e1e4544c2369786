/** The screen of an exercise: what to do now, in which file, what the program prints, and whether the law is kept. */
import chalk from "chalk";
import type { Catalog, Entry } from "../catalog.ts";
import type { Progress } from "../files/progress.ts";
import type { Judged } from "../judge/judge-file.ts";
import { doneIn, total } from "../list.ts";
import { outputLines, SHOWN, verdictLines, wrap } from "../text.ts";
import type { Screen } from "./screen.ts";

export interface Shown {
  readonly catalog: Catalog;
  readonly progress: Progress;
  readonly entry: Entry;
  /** For people: where the reader's file is. */
  readonly file: string;
  /** Undefined until the file was judged for the first time. */
  readonly judged: Judged | undefined;
  readonly isJudging: boolean;
  /** What is to be said once. */
  readonly note: string | undefined;
}

const WIDTH_MAX = 100;
const OUTPUT_MIN = 3;

/** What of a screen is shown. */
interface Share {
  /** How many of the program's lines. */
  readonly output: number;
  readonly chapters: boolean;
  /** All hints that were asked for, or the last one. */
  readonly hints: "all" | "last";
}

/**
 * At most `rows` lines where that can be: first the program's lines are cut, then the chapters are left out, then older hints. What
 * is too long even so loses its first lines to the terminal: the verdict and the keys stay.
 */
export function exerciseView(shown: Shown, { columns, rows }: Pick<Screen, "columns" | "rows">): string[] {
  const width = Math.min(columns, WIDTH_MAX);
  const room = rows - 1;
  const view = (share: Share) => viewOf(shown, width, share);
  const whole = view({ output: SHOWN, chapters: true, hints: "all" });
  const output = Math.max(OUTPUT_MIN, SHOWN - Math.max(0, whole.length - room));
  const smaller = [
    { output, chapters: true, hints: "all" },
    { output, chapters: false, hints: "all" },
    { output, chapters: false, hints: "last" },
  ] as const;
  return [whole, ...smaller.map(view)].reduce((lines, fewer) => (lines.length > room ? fewer : lines));
}

function viewOf(shown: Shown, width: number, { output, chapters, hints }: Share): string[] {
  const { catalog, progress, entry, file, note } = shown;
  const { exercise, chapter, name, place } = entry;
  const [, all] = doneIn(catalog, chapter, progress);
  return [
    `LEARN  ${total(catalog, progress)}`,
    ...(chapters ? wrap(chaptersOf(shown), width).map((line) => chalk.dim(line)) : []),
    "-".repeat(width),
    chalk.bold(`${chapter}, ${place} of ${all}: ${name}`),
    ...wrap(exercise.task, width),
    "",
    ...wrap(`Your file, judged each time you save it: ${file}`, width),
    "",
    ...judgement(shown, width, output),
    ...hintsOf(shown, width)
      .slice(hints === "all" ? 0 : -1)
      .flat(),
    ...(note === undefined ? [] : ["", ...wrap(note, width).map((line) => chalk.yellow(line))]),
    "",
    ...wrap(keysOf(shown), width).map((line) => chalk.dim(line)),
  ];
}

function chaptersOf({ catalog, progress, entry }: Shown): string {
  return catalog.chapters
    .map((chapter) => {
      const text = `${chapter} ${doneIn(catalog, chapter, progress).join("/")}`;
      // A name and its number are not broken apart.
      return (chapter === entry.chapter ? `[${text}]` : text).replaceAll(" ", "\u00a0");
    })
    .join("  ");
}

function judgement({ entry, judged, isJudging, file }: Shown, width: number, most: number): string[] {
  if (!judged) return [...wrap(`The law: ${entry.exercise.law}.`, width), "Judging your file …"];
  return [
    ...(entry.exercise.run ? ["Your program prints:", ...outputLines(judged, file, width, most)] : []),
    ...verdictLines(judged, entry.exercise.law, file, width),
    ...(isJudging ? ["You have saved it again: judging …"] : []),
  ];
}

/** The lines of each hint that was asked for. */
function hintsOf({ entry, progress }: Shown, width: number): string[][] {
  const count = progress.hints[entry.id] ?? 0;
  return entry.exercise.hints.slice(0, count).map((hint, index) => wrap(`Hint ${index + 1}: ${hint}`, width));
}

function keysOf({ entry, judged }: Shown): string {
  const keys = ["h hint", "s solution", "n next", "l list", "p predictions", "r reset", "q quit"];
  if (entry.exercise.play) keys.unshift("Enter play");
  return keys
    .map((key) => key.replace(" ", "\u00a0"))
    .map((key) => (key.startsWith("n") && judged && !judged.complaint ? `>>${key}<<` : key))
    .join("  ");
}
