/** `npm run learn`: exercises that judge. */
import "./no-color.ts";
import { resolve } from "node:path";
import type { ReadStream } from "node:tty";
import { program, stopSignal, UsageError } from "@shirts/command-line";
import { learn } from "./app/learn.ts";
import { openScreen } from "./app/screen.ts";
import { catalog, type Entry, entriesOf } from "./catalog.ts";
import { check } from "./check.ts";
import { MINE, Mine } from "./files/mine.ts";
import { type Progress, ProgressFile } from "./files/progress.ts";
import { listLines } from "./list.ts";

const USAGE = `npm run learn                      what to do now, in which file; it watches the file and judges it at each save
npm run learn -- select            the same, from that chapter or exercise on
npm run learn -- --list            all exercises, and how far you are
npm run learn -- --check select    judges a chapter or an exercise, without a terminal: exit code 0 when all its laws are kept

  --dir DIR   where your files are; without it packages/learn/mine`;

const WIDTH = 100;

await program({
  name: "learn",
  usage: USAGE,
  options: {
    check: { type: "string" },
    list: { type: "boolean", default: false },
    dir: { type: "string" },
  },
  positionals: "words",
  async main({ check: checked, list, dir }, [word, ...more]) {
    if (more.length > 0) throw new UsageError(`One chapter or exercise at a time, not also "${more[0]}".`);
    const folder = dir === undefined ? MINE : resolve(dir);
    const mine = new Mine(folder);
    const progress = new ProgressFile(folder, (line) => process.stderr.write(`${line}\n`));
    const columns = Math.min(process.stdout.columns ?? WIDTH, WIDTH);
    const write = (line: string): void => console.log(line);
    if (list) return listLines(catalog, progress.read()).forEach(write);
    // Its children end with it: judge-file.ts sees to that when this process exits.
    void stopSignal().then((code) => process.exit(code));
    if (checked !== undefined) return check(entriesOf(catalog, checked), { mine, progress, columns, write });
    if (!process.stdin.isTTY || !process.stdout.isTTY)
      throw new UsageError("This needs a terminal. Without one: npm run learn -- --list, or --check NAME");
    return await onScreen(word, mine, folder);
  },
});

/** Begins at the chapter or exercise of this name, else where the reader was. */
async function onScreen(word: string | undefined, mine: Mine, folder: string): Promise<void> {
  let note: string | undefined;
  const progress = new ProgressFile(folder, (line) => {
    note = line;
  });
  // Read here in any case: what is to be said of it must be known before the first screen.
  const there = whereOneWas(progress.read());
  const first = word === undefined ? there : entriesOf(catalog, word)[0];
  if (!first) throw new Error("there is no exercise");
  const screen = openScreen(process.stdin as ReadStream, process.stdout);
  try {
    await learn({ catalog, mine, progress, screen, note }, first);
  } finally {
    screen.close();
  }
}

/** The exercise that was on the screen; once it is done, the first that is not. */
function whereOneWas({ current, done }: Progress): Entry | undefined {
  const { entries } = catalog;
  const left = entries.filter(({ id }) => !done.includes(id));
  return left.find(({ id }) => id === current) ?? left[0] ?? entries[0];
}
