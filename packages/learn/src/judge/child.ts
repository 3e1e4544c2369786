/**
 * The judge's own process: it loads the reader's file, plays it and judges it, once. A fresh process each time knows no older
 * version of the file, and whatever the reader wrote ends with it. It is no `main.ts`: the gate builds those into one file each,
 * and this one must share its packages with the reader's file, which is loaded as it is.
 *
 * Its arguments: chapter, name, the file's absolute path, after how many milliseconds it says on which line it is and ends, and
 * its parent's process id.
 */

import { pathToFileURL } from "node:url";
import { format } from "node:util";
import { Worker } from "node:worker_threads";
import type { Exercise, Exercises } from "../exercise.ts";
import { type Complaint, complaintOf, withClock } from "./complaint.ts";
import type { Message } from "./messages.ts";

/** More lines nobody reads, and a loop that prints must not fill the memory of two processes. */
const LINES_MAX = 2000;

const [chapter = "", name = "", file = "", lateMs = "", parent = ""] = process.argv.slice(2);
let lines = 0;
let isJudging = false;
let module: unknown;

function tell(message: Message): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

function print(line: unknown): void {
  if (!isJudging && lines++ < LINES_MAX) void tell({ type: "line", text: String(line) });
}

async function end(complaint: Complaint | undefined): Promise<void> {
  await tell({ type: "judged", complaint: complaint && withClock(complaint, file) });
  process.exit(0);
}

const suspect = () => ({ module, file });

async function exerciseOf(): Promise<Exercise> {
  const loaded: Record<string, Exercises> = await import(`../../exercises/${chapter}/index.ts`);
  for (const exercises of Object.values(loaded)) {
    const it = exercises[name];
    if (it) return it;
  }
  throw new Error(`there is no exercise ${chapter}/${name}`);
}

/** Plays the program, if the exercise has one. What it throws is told, and judged all the same. */
async function run(it: Exercise): Promise<void> {
  let by: Complaint | undefined;
  try {
    await it.run?.(module, print);
  } catch (error) {
    by = complaintOf(error, suspect());
  }
  await tell({ type: "ended", by: by && withClock(by, file) });
}

async function main(): Promise<void> {
  const it = await exerciseOf();
  new Worker(new URL("./guard.cjs", import.meta.url), {
    workerData: { ms: Number(lateMs), parent: Number(parent) },
    execArgv: [],
  }).unref();
  await tell({ type: "ready" });
  // A reader may print in the way that everybody knows.
  console.log = (...values: unknown[]) => print(format(...values));
  try {
    module = await import(pathToFileURL(file).href);
    await run(it);
    isJudging = true;
    const text = await it.complaint(module);
    await end(text === undefined ? undefined : { text });
  } catch (error) {
    await end(complaintOf(error, suspect()));
  }
}

// What a routine throws that nobody waits for.
process.on("uncaughtException", (error) => void end(complaintOf(error, suspect())));
await main();
