/** All exercises with a mark, for `--list` and for the list on the screen. */
import chalk from "chalk";
import type { Catalog } from "./catalog.ts";
import type { Progress } from "./files/progress.ts";
import { bar } from "./text.ts";

/** How far one is in a chapter. */
export function doneIn(
  { entries }: Catalog,
  chapter: string,
  { done }: Progress,
): [done: number, all: number] {
  const mine = entries.filter((entry) => entry.chapter === chapter);
  return [mine.filter(({ id }) => done.includes(id)).length, mine.length];
}

/** How far one is in all: `12 of 47 done`. */
export function total({ entries }: Catalog, { done }: Progress): string {
  const kept = entries.filter(({ id }) => done.includes(id)).length;
  return `${bar(kept, entries.length, 12)} ${kept} of ${entries.length} done`;
}

/** A line for each chapter and each exercise. */
export function listLines(catalog: Catalog, progress: Progress): string[] {
  const lines = [total(catalog, progress), ""];
  for (const chapter of catalog.chapters) {
    const [done, all] = doneIn(catalog, chapter, progress);
    lines.push(`${chalk.bold(chapter)}  ${done} of ${all}`);
    for (const { id, name } of catalog.entries.filter((entry) => entry.chapter === chapter)) {
      const isDone = progress.done.includes(id);
      lines.push(isDone ? chalk.green(`  [x] ${name}`) : `  [ ] ${name}`);
    }
  }
  return lines;
}
