/** How a reader's program ends: by itself, with an error, or not at all. A judge says what that means. */
import { play } from "@shirts/basics/play";
import type { Print } from "@shirts/basics/print";
import { BoundError, DeadlockError } from "@shirts/chan/testing";

/**
 * Plays a program under fake time. Resolves to `undefined` when it ends by itself, else to half a sentence that says what happened
 * instead. Bounded: a program that waits for ever and one that works for ever are both told.
 */
export async function ending(program: (print: Print) => Promise<void>): Promise<string | undefined> {
  try {
    await play(program);
    return undefined;
  } catch (error) {
    if (error instanceof DeadlockError) return `it waits for ever${whereOf(error)}`;
    // The bubble's own words say no more than that it has a bound.
    if (error instanceof BoundError && error.bound === "timers")
      return "it is still at work after thousands of sleeps";
    if (error instanceof BoundError && error.bound === "busy") return "a loop never waits";
    const [line = ""] = String(error instanceof Error ? error.message : error).split("\n");
    return line.replace(/^bubble: /, "");
  }
}

/** The first line of the reader's own file where something waits. */
function whereOf({ routines }: DeadlockError): string {
  for (const { waitsFor, frames } of routines)
    for (const frame of frames) {
      const line = /\/(?:mine\/.*|given\.ts|solution\.ts|answers\.ts):(\d+):\d+/.exec(frame)?.[1];
      if (line) return ` (${waitsFor}, line ${line})`;
    }
  return routines.length > 0 ? "" : ", for a promise that nothing settles";
}
