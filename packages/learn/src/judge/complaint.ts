/** What the reader's code threw, as one sentence and a line of the reader's file. No stack of anybody else is shown. */
import { readFileSync } from "node:fs";
import { BoundError, DeadlockError } from "@shirts/chan/testing";
import { ReasonError } from "../tried.ts";
import { lineIn } from "./line.ts";

export interface Complaint {
  readonly text: string;
  /** The line of the reader's file that it is about, from 1, where it is known. */
  readonly line?: number | undefined;
}

export interface Suspect {
  /** The reader's module, where it was loaded. */
  readonly module?: unknown;
  /** Its absolute path. */
  readonly file?: string | undefined;
}

/** Makes a complaint of anything that was thrown. Never throws. */
export function complaintOf(error: unknown, { module, file }: Suspect): Complaint {
  if (error instanceof DeadlockError) return deadlock(error, file);
  if (!(error instanceof Error)) return { text: `it throws ${String(error)}` };
  // What an exercise says to an error: the error's own words and line first.
  if (error.cause instanceof Error) {
    const { text, line } = complaintOf(error.cause, { module, file });
    const when = error instanceof ReasonError && error.when !== undefined ? `${error.when}: ` : "";
    return { text: `${when}${text}; ${error.message}`, line };
  }
  const line = lineIn(file, error.stack ?? "");
  if (error instanceof BoundError && error.bound === "busy")
    return { text: "a loop never waits: what it selects or receives is ready each time", line };
  return syntax(error, file) ?? missing(error, module) ?? { text: plain(error), line };
}

/** Whoever waits for a timer of JavaScript waits for ever here: said behind a complaint about that, when the file has one. */
export function withClock(complaint: Complaint, file: string): Complaint {
  if (!/\(a deadlock\)|\bwaits? for ever\b/.test(complaint.text)) return complaint;
  const timer = /\bset(?:Timeout|Immediate|Interval)\b/.exec(textOf(file))?.[0];
  if (timer === undefined) return complaint;
  const text = `${complaint.text}; the clock here is not real: ${timer} does not move it; use sleep(ms) of @shirts/chan`;
  return { ...complaint, text };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function deadlock({ routines }: DeadlockError, file: string | undefined): Complaint {
  const known = "all routines are asleep (a deadlock)";
  if (routines.length === 0)
    return { text: `${known}: the program awaits a promise that nothing ever settles` };
  const places = routines.map(({ waitsFor, frames }) => ({
    waitsFor,
    line: lineIn(file, frames.join("\n")),
  }));
  const own = places.find(({ line }) => line !== undefined);
  const parts = places.map(({ waitsFor, line }) => {
    if (line) return `line ${line} waits for a ${waitsFor}`;
    return `${own ? "the other side" : "a routine"} waits for a ${waitsFor}`;
  });
  return { text: `${known}: ${[...new Set(parts)].join(", ")}`, line: own?.line };
}

/** esbuild's errors, which tsx throws: `/path/file.ts:3:10: ERROR: Expected ";" but found "x"`. */
function syntax({ name, message }: Error, file: string | undefined): Complaint | undefined {
  const found = /^(.+):(\d+):\d+: ERROR: (.+)$/m.exec(message);
  if (name !== "TransformError" || !found) return undefined;
  const [, where = "", line, what = ""] = found;
  const own = file === undefined || where.endsWith(file.slice(file.lastIndexOf("/")));
  return { text: `it is no TypeScript yet: ${what}`, line: own ? Number(line) : undefined };
}

/** The judge calls what the file does not export. */
function missing({ message }: Error, module: unknown): Complaint | undefined {
  const name = /^(?:\w+\.)*(\w+) is not a function$/.exec(message)?.[1];
  if (name === undefined || typeof module !== "object" || module === null || name in module) return undefined;
  const known = Object.keys(module);
  const has = known.length > 0 ? ` It exports ${known.join(", ")}.` : "";
  return { text: `the file must export a function \`${name}\`, and does not.${has}` };
}

/** Its first line, without the words of machines. */
function plain({ name, message }: Error): string {
  const [first = ""] = message.split("\n");
  const text = first
    .replace(/^bubble: /, "")
    .replace(/ imported from .*$/, "")
    .replace(/(?:file:\/\/)?(?:\/[^/'"\s]+)+\/([^/'"\s]+)/g, "$1");
  return text === "" ? name : text;
}
