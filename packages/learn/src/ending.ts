/** How a reader's program ends: by itself, with an error, or not at all. A judge says what that means. */
import { play } from "@shirts/basics/play";
import type { Print } from "@shirts/basics/print";
import { go, sleep } from "@shirts/chan";
import { DeadlockError } from "@shirts/chan/testing";

/** Longer than any story here. */
const LIMIT_MS = 60_000;

/**
 * Plays a program under fake time. Resolves to `undefined` when it ends by itself, else to half a sentence that says what happened
 * instead. Bounded: a program that waits for ever and one that works for ever are both told.
 */
export async function ending(program: (print: Print) => Promise<void>): Promise<string | undefined> {
  let isOver = false;
  try {
    await play(async (print) => {
      go(async () => {
        await sleep(LIMIT_MS);
        // A moment of real time: a program that waits for ever has no timer left, and is told as a deadlock meanwhile.
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (!isOver) throw new Error(`after ${LIMIT_MS / 1000} seconds it is still at work`);
      });
      await program(print);
    });
    return undefined;
  } catch (error) {
    if (error instanceof DeadlockError) return `it waits for ever${whereOf(error)}`;
    const [line = ""] = String(error instanceof Error ? error.message : error).split("\n");
    return line;
  } finally {
    isOver = true;
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
