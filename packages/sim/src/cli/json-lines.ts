import type { TraceEvent } from "@shirts/story";

/** A trace as a file of it: one event, one line. */
export function jsonLines(trace: readonly TraceEvent[]): string {
  return trace.map((event) => `${JSON.stringify(event)}\n`).join("");
}
