/** The watched side of watch.ts: the process in which code of one's own runs. */
import { writeSync } from "node:fs";
import { panicOfNow, tellStories } from "../play.ts";

/** In the environment of a watched process: the number of the story whose events it tells, 0 for none. */
export const TELL_FROM = "SIM_TELL_FROM";

/** What it tells, a line each. A story of all orders has no seed. */
export type Told =
  | { readonly type: "begins" }
  /** Now and then: its event loop turns, however long a story takes on a busy machine. */
  | { readonly type: "alive" }
  | { readonly type: "story"; readonly seed: number | undefined }
  /** A trace event as it is written into a file. */
  | { readonly type: "event"; readonly line: string };

const NO_CHANCE = "a worker has no chance: a select with several ready cases takes any of them";

const ALIVE_MS = 500;

/** The pipe to the process that watches. */
const PIPE = 3;

export const isWatched = (): boolean => process.env[TELL_FROM] !== undefined;

/** From here on every story is told, and code of one's own has no clock and no chance but those of its tools. */
export function beWatched(): void {
  const tellFrom = Number(process.env[TELL_FROM]);
  let stories = 0;
  tell({ type: "begins" });
  setInterval(() => tell({ type: "alive" }), ALIVE_MS).unref();
  tellStories((sim) => {
    stories++;
    tell({ type: "story", seed: sim.mode.exploring ? undefined : sim.seed });
    if (stories === tellFrom) sim.onReport = (event) => tell({ type: "event", line: JSON.stringify(event) });
  });
  process.on("unhandledRejection", (error) => {
    if (!panicOfNow(error)) throw error;
  });
  forbid(
    "setTimeout",
    "a worker has no clock but its tools: receive from pace(), or from after(ms) of @shirts/chan",
  );
  forbid(
    "setInterval",
    "a worker has no clock but its tools: receive from pace(), or from tick(ms) of @shirts/chan",
  );
  // Taken away, so that nobody uses it: a seed must give the same story twice.
  Object.assign(Math, { random: forbidden("Math.random", NO_CHANCE) }); // Its name, for the one who used it.
}

function forbid(name: "setTimeout" | "setInterval", why: string): void {
  Object.assign(globalThis, { [name]: forbidden(name, why) });
}

function forbidden(name: string, why: string): () => never {
  return () => {
    throw new Error(`${name}: ${why}`);
  };
}

/** Synchronous: whatever comes next, even a loop without an end, this is told. */
function tell(told: Told): void {
  try {
    writeSync(PIPE, `${JSON.stringify(told)}\n`);
  } catch (error) {
    // EAGAIN: the pipe is full, so the one that watches has enough to read.
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
  }
}
