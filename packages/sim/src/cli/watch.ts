/**
 * Watches a simulator with code of one's own in it from another process, because nothing in its own can end a loop without an
 * await. It tells each story that it begins; when it says nothing for long, it is ended, and played again up to that story, this
 * time with each event: so one sees after what it hung.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";
import { decodeTraceEvent, type TraceEvent } from "@shirts/story";
import { drawTrace } from "../print/draw.ts";
import { TELL_FROM, type Told } from "./watched.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
/** A story takes a millisecond, and between two of its events the event loop turns. */
const PATIENCE_MS = 5000;
/** Between two events of the story in which it hung. */
const EVENT_PATIENCE_MS = 2000;

/** Plays the command line `args`. Resolves with its exit code; throws Error, one line, when it hangs. */
export async function watch(
  args: readonly string[],
  file: string,
  write: (text: string) => void,
): Promise<number> {
  let stories = 0;
  let seed: number | undefined;
  const first = await run(
    args,
    undefined,
    () => PATIENCE_MS,
    (told) => {
      if (told.type !== "story") return;
      stories++;
      seed = told.seed;
    },
  );
  if (first !== "hangs") return first;
  if (stories === 0)
    throw new Error(
      `${file} hangs while it is imported: it ran for ${PATIENCE_MS / 1000} s and never ended.`,
    );
  const trace: TraceEvent[] = [];
  await run(
    args,
    stories,
    () => (trace.length > 0 ? EVENT_PATIENCE_MS : PATIENCE_MS),
    (told) => {
      if (told.type === "event") trace.push(decodeTraceEvent(told.line));
    },
  );
  if (trace.length > 0) write(`${drawTrace(trace)}\n`);
  const where = seed === undefined ? "one of the orders of a small story" : `the story of seed ${seed}`;
  throw new Error(
    `${file} hangs: in ${where}, after the last event above, it ran on and waited for nothing. Each turn of a loop must await something that takes time: the pace, a chan, a paint.`,
  );
}

/** Plays until the end, or until it has been silent for too long. `tellFrom`: the story whose events it tells. */
async function run(
  args: readonly string[],
  tellFrom: number | undefined,
  patienceMs: () => number,
  onTold: (told: Told) => void,
): Promise<number | "hangs"> {
  const output = tellFrom === undefined ? "inherit" : "ignore";
  const child = spawn(process.execPath, [...programArgs(MAIN, { fromSource: true }), ...args], {
    stdio: ["inherit", output, output, "pipe"],
    env: { ...process.env, [TELL_FROM]: String(tellFrom ?? 0) },
  });
  // Ctrl-C reaches both. The child ends by it, or goes on to say how far it came.
  const ignore = (): void => {};
  const end = (): void => {
    child.kill("SIGKILL");
  };
  process.on("SIGINT", ignore).once("SIGTERM", end).once("exit", end);
  let isHanging = false;
  let timer: NodeJS.Timeout | undefined;
  const heard = (line: string): void => {
    onTold(JSON.parse(line));
    clearTimeout(timer);
    timer = setTimeout(() => {
      isHanging = true;
      end();
    }, patienceMs());
  };
  createInterface({ input: child.stdio[3] as Readable }).on("line", heard);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve(isHanging ? "hangs" : (code ?? 1)));
    });
  } finally {
    clearTimeout(timer);
    process.off("SIGINT", ignore).off("SIGTERM", end).off("exit", end);
  }
}
