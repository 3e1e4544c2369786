/**
 * Finds the line at which a blocked routine waits, although nothing was noted when it blocked.
 *
 * V8 adds the awaiting async functions to the stack of an error: it goes from the promise that the running microtask will settle
 * to the function that awaits that promise, and so on. So a microtask is made whose promise would, if it settled, resolve the
 * promise that the blocked routine awaits. An error made inside that microtask has the routine's stack. The microtask never
 * settles its promise, so no routine is woken. Other engines give an empty stack.
 */

import type { BlockedWaiter } from "./waiter.ts";

const never = new Promise<never>(() => {});

interface StackLimit {
  stackTraceLimit?: number;
}

/** The frames of the routine that awaits, innermost first, as V8 writes them: `main (file:///x.ts:7:3)`. */
export function stackOf({ resolve }: BlockedWaiter): Promise<string[]> {
  return new Promise((resolveFrames) => {
    const microtask = Promise.resolve().then(() => {
      resolveFrames(framesOf(deepStack()));
      return never;
    });
    void microtask.then(resolve);
  });
}

export function deepStack(): string {
  const limit = Error as StackLimit;
  const before = limit.stackTraceLimit ?? 10;
  limit.stackTraceLimit = 64;
  const { stack = "" } = new Error();
  limit.stackTraceLimit = before;
  return stack;
}

/**
 * Leaves out the frames of this file and of the engine (Deno's `ext:`, `node:`). They are known by their names, since some
 * source-map readers drop the word "async".
 */
const FOREIGN = /[/\\]stack\.[jt]s:\d+|\((?:ext|node):/;

export function framesOf(stack: string): string[] {
  const frames: string[] = [];
  for (const line of stack.split("\n")) {
    const frame = /^\s+at (?:async )?(.+)$/.exec(line)?.[1];
    if (frame !== undefined && !FOREIGN.test(frame)) frames.push(frame);
  }
  return frames;
}
