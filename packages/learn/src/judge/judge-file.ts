/** Judges a reader's file in a process of its own, and ends that process whatever it does. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";
import type { Entry } from "../catalog.ts";
import type { Complaint } from "./complaint.ts";
import { lineIn } from "./line.ts";
import type { Message } from "./messages.ts";

export interface Judged {
  /** What the reader's program has printed. */
  readonly lines: readonly string[];
  /** What ended the program, if it did not end by itself. */
  readonly endedBy?: Complaint | undefined;
  /** Undefined when the law is kept. */
  readonly complaint: Complaint | undefined;
}

const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));
const SECONDS = 10;
/** Loading a judge takes a second; on a machine that does more at the same time, more. */
const LOADING_SECONDS = 60;

/** So long before its end a program is asked where it is. */
const TELL_MS = 500;

const living = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

/**
 * Resolves when the file is judged, or its process had to be ended; to `undefined` when `stop` was aborted first. Its
 * process has ended in each case. Never rejects because of what the reader wrote.
 */
export async function judgeFile(
  { chapter, name, exercise }: Pick<Entry, "chapter" | "name" | "exercise">,
  file: string,
  stop?: AbortSignal,
): Promise<Judged | undefined> {
  const seconds = exercise.seconds ?? SECONDS;
  const lateMs = seconds * 1000 - TELL_MS;
  const child = spawn(
    process.execPath,
    [...programArgs(CHILD), chapter, name, file, `${lateMs}`, `${process.pid}`],
    {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    },
  );
  living.add(child);
  const lines: string[] = [];
  let endedBy: Complaint | undefined;
  let verdict: Complaint | "kept" | undefined;
  let isLate = false;
  const kill = (): void => void child.kill("SIGKILL");
  const late = (): void => {
    isLate = true;
    kill();
  };
  const watchdog = (after: number) => setTimeout(late, after * 1000);
  let timer = watchdog(LOADING_SECONDS);
  child.on("message", (message: Message) => {
    if (message.type === "ready") {
      clearTimeout(timer);
      timer = watchdog(seconds);
    } else if (message.type === "line") lines.push(message.text);
    else if (message.type === "ended") endedBy = message.by;
    else verdict = message.complaint ?? "kept";
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  stop?.addEventListener("abort", kill);
  if (stop?.aborted) kill();
  await new Promise((resolve) => child.on("close", resolve).on("error", resolve));
  stop?.removeEventListener("abort", kill);
  clearTimeout(timer);
  living.delete(child);
  if (stop?.aborted) return undefined;
  verdict ??= isLate ? tooLong(seconds, lineIn(file, errors)) : silent(lineIn(file, errors));
  return { lines, endedBy, complaint: verdict === "kept" ? undefined : verdict };
}

function tooLong(seconds: number, line: number | undefined): Complaint {
  const why =
    line === undefined ? "a loop never waits, or it has too much to do" : "a loop there never waits";
  return { text: `it did not end within ${seconds} seconds and was ended: ${why}`, line };
}

/** It ended without a verdict: nothing was left to wait for, or the reader's code ended the process. */
function silent(line: number | undefined): Complaint {
  return { text: "it waits for something that never comes, or ends its own process", line };
}
