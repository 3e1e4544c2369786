/** `npm run learn -- --check NAME`: judges the reader's files without a terminal. */
import chalk from "chalk";
import type { Entry } from "./catalog.ts";
import type { Mine } from "./files/mine.ts";
import type { ProgressFile } from "./files/progress.ts";
import { judgeFile } from "./judge/judge-file.ts";
import { outputLines, verdictLines, wrap } from "./text.ts";

export interface Desk {
  readonly mine: Mine;
  readonly progress: ProgressFile;
  readonly columns: number;
  readonly write: (line: string) => void;
}

/** Judges one file after the other, and writes what each does. Resolves to the exit code: 0 when all laws are kept, else 1. */
export async function check(entries: readonly Entry[], desk: Desk): Promise<0 | 1> {
  let kept = 0;
  for (const entry of entries) if (await checkOne(entry, desk)) kept++;
  if (entries.length > 1) desk.write(`${kept} of ${entries.length} laws are kept.`);
  return kept === entries.length ? 0 : 1;
}

async function checkOne(entry: Entry, { mine, progress, columns, write }: Desk): Promise<boolean> {
  const { exercise, id } = entry;
  const isNew = mine.begin(entry);
  write(chalk.bold(id));
  const file = mine.shownFileOf(entry);
  write(`  ${file}${isNew ? " (written now: change it)" : ""}`);
  if (isNew) for (const line of wrap(exercise.task, columns - 2)) write(`  ${line}`);
  const judged = await judgeFile(entry, mine.fileOf(entry));
  if (!judged) return false;
  if (exercise.run) {
    write("  your program prints");
    for (const line of outputLines(judged, file, columns - 2)) write(`  ${line}`);
  }
  for (const line of verdictLines(judged, exercise.law, file, columns - 2)) write(`  ${line}`);
  write("");
  if (judged.complaint) return false;
  progress.addDone(id);
  return true;
}
