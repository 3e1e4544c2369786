/** Keeps a trace as a file: one event of JSON on each line, as all programs here write it. */
import type { TraceEvent } from "@shirts/story";

export function saveTrace(trace: readonly TraceEvent[], name: string): void {
  const url = URL.createObjectURL(new Blob([linesOf(trace)], { type: "application/jsonl" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken its own hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

export function linesOf(trace: readonly TraceEvent[]): string {
  return trace.map((event) => `${JSON.stringify(event)}\n`).join("");
}
