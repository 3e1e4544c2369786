/** Every queue, as it is and with the fence, some plays each: one row a queue. */
import { readFileSync } from "node:fs";
import { UsageError } from "@shirts/command-line";
import { diffLines } from "diff";
import { play } from "./play.ts";
import { playOf } from "./play-of.ts";
import { nameAndVersion, QUEUE_NAMES, QUEUES, type QueueFacts, type QueueName } from "./queues.ts";
import { openServices } from "./services.ts";

/** Plays all, and prints a row for each; resolves with whether each play went as expected. A queue that cannot be played is one line. */
export async function playAll(times: number, stop: AbortSignal): Promise<boolean> {
  row("queue", "as it is", "with a fence", "the diff, in lines");
  let isExpected = true;
  for (const name of QUEUE_NAMES) {
    try {
      const wrong = await countRight(name, false, times, stop);
      const right = await countRight(name, true, times, stop);
      const hoped = isHelped(QUEUES[name]) ? times : 0;
      if (wrong > 0 || right !== hoped) isExpected = false;
      row(name, mark(times - wrong, times, "✗ wrong"), verdict(name, right, times), diffOf(name));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      console.log(`${name.padEnd(16)} skipped: ${error.message}`);
    }
  }
  return isExpected;
}

/** False where the fence comes too early: an effect that compares nothing. */
export function isHelped(facts: QueueFacts): boolean {
  return !facts.isWindow;
}

async function countRight(
  name: QueueName,
  isFenced: boolean,
  times: number,
  stop: AbortSignal,
): Promise<number> {
  nameAndVersion(QUEUES[name]); // throws when this Node cannot run it
  const services = await openServices(QUEUES[name].needs);
  try {
    let right = 0;
    for (let at = 0; at < times; at++) {
      const verdict = await play(playOf(name, isFenced), services, () => {}, stop);
      if (verdict.right) right++;
    }
    return right;
  } finally {
    await services.close();
  }
}

function verdict(name: QueueName, right: number, times: number): string {
  return isHelped(QUEUES[name])
    ? mark(right, times, "✓ right")
    : `${mark(times - right, times, "✗ wrong")}: the window stays`;
}

const mark = (count: number, times: number, what: string) => `${what} in ${count} of ${times}`;

function diffOf(name: QueueName): string {
  const [before = "", after = ""] = [false, true].map((isFenced) =>
    readFileSync(new URL(playOf(name, isFenced).file), "utf8"),
  );
  const parts = diffLines(before, after);
  const sum = (key: "added" | "removed") =>
    parts.filter((part) => part[key]).reduce((lines, { count = 0 }) => lines + count, 0);
  return `+${sum("added")} −${sum("removed")}`;
}

function row(name: string, ...cells: [string, string, string]): void {
  const [first, second, third] = cells;
  console.log(`${name.padEnd(16)} ${first.padEnd(20)} ${second.padEnd(38)} ${third}`);
}
