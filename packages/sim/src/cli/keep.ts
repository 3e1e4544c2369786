/** `--keep FILE`: the trace of a story as a file, which the page opens. */
import { writeFileSync } from "node:fs";
import { fromHere, shortly, UsageError } from "@shirts/command-line";
import type { TraceEvent } from "@shirts/story";
import { jsonLines } from "./json-lines.ts";

/** Throws UsageError when the file cannot be written. */
export function keepTrace(file: string, trace: readonly TraceEvent[]): void {
  try {
    writeFileSync(fromHere(file), jsonLines(trace));
  } catch (error) {
    throw new UsageError(`--keep cannot write ${file}: ${(error as Error).message}`);
  }
}

/** How to see a story on the page, as a line. */
export function seeIt({ keep }: { readonly keep?: string | undefined }): string {
  return keep === undefined
    ? "See it on the page: the same command with --keep story.jsonl, then pnpm theatre --trace story.jsonl\n"
    : `See it on the page: pnpm theatre --trace ${quoted(shortly(fromHere(keep)))}\n`;
}

/** As a shell takes it for one word. */
function quoted(file: string): string {
  return /^[\w./\\:-]+$/.test(file) ? file : JSON.stringify(file);
}
