/**
 * Finds the line at which a blocked routine stands, without having noted anything when it blocked.
 *
 * V8 adds the awaiting async functions to the stack of an error: from the promise that the running job will settle it
 * goes on to the function that awaits that promise, and so on. So a job is made whose promise would, when it settles,
 * resolve the promise that the blocked routine awaits. An error made inside that job knows the routine's stack. The job never
 * settles its promise, so nobody is woken. Other engines answer an empty stack.
 */

import type { Member } from "./registry.ts";

const never = new Promise<never>(() => {});

interface StackLimit {
  stackTraceLimit?: number;
}

/** The frames of the routine that awaits, innermost first, as V8 writes them: `main (file:///x.ts:7:3)`. */
export function stackOf({ resolve }: Member): Promise<string[]> {
  return new Promise((tell) => {
    const job = Promise.resolve().then(() => {
      tell(framesOf(deepStack()));
      return never;
    });
    void job.then(resolve);
  });
}

function deepStack(): string {
  const limit = Error as StackLimit;
  const before = limit.stackTraceLimit ?? 10;
  limit.stackTraceLimit = 64;
  const { stack = "" } = new Error();
  limit.stackTraceLimit = before;
  return stack;
}

/** Drops this file's own frames. Some source-map readers leave out the word async, so it is no mark. */
function framesOf(stack: string): string[] {
  const frames: string[] = [];
  for (const line of stack.split("\n")) {
    const frame = /^\s+at (?:async )?(.+)$/.exec(line)?.[1];
    if (frame !== undefined && !/[/\\]stack\.[jt]s:\d+/.test(frame)) frames.push(frame);
  }
  return frames;
}
