/** Opens a trace from a file, from the clipboard or from the server: bytes that may be anything. */
import { replayText } from "../text/replay.ts";
import { type TraceFile, TraceReader } from "./trace-reader.ts";

/** More is not read, also by the server that is given a file. As many events as are kept have some 140 MB. */
export const BYTES_MAX = 256 * 1024 * 1024;
/** So many bytes are read at a time. */
export const PIECE = 256 * 1024;

/** These bytes are no trace at all. The message is one line for people. */
export class NoTraceError extends Error {
  override readonly name = "NoTraceError";
}

export interface OpenedTrace extends TraceFile {
  /** How many bytes were left out at the end; 0: none. */
  readonly bytesLeft: number;
}

export interface OpenOptions {
  /** Told after each piece: the share of the bytes that is read, from 0 to 1. */
  readonly onRead?: (share: number) => void;
  readonly bytesMax?: number;
}

/** Reads at most `bytesMax`, in pieces, so that the page stays awake. Rejects with NoTraceError when no line is an event. */
export async function openTrace(
  blob: Blob,
  { onRead, bytesMax = BYTES_MAX }: OpenOptions = {},
): Promise<OpenedTrace> {
  if (blob.size === 0) throw new NoTraceError("It is empty.");
  const reader = new TraceReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const end = Math.min(blob.size, bytesMax);
  let rest = "";
  for (let from = 0; from < end && !reader.isFull; from += PIECE) {
    const bytes = await blob.slice(from, Math.min(from + PIECE, end)).arrayBuffer();
    const lines = (rest + textOf(decoder, bytes)).split("\n");
    rest = lines.pop() ?? "";
    // A line without an end is not kept for ever; its first part is enough to say that it is too long.
    if (rest.length > 2 * PIECE) rest = rest.slice(0, PIECE);
    for (const line of lines) reader.push(line);
    onRead?.(Math.min(1, (from + PIECE) / end));
  }
  const bytesLeft = blob.size - end;
  // Of a file that was cut the last line is half.
  if (rest !== "" && bytesLeft === 0) reader.push(rest);
  const file = reader.end();
  if (file.stories.length > 0) return { ...file, bytesLeft };
  const [first] = file.problems;
  throw new NoTraceError(
    first
      ? `No line is a trace event: ${replayText.problem(first.line, first.why)}.`
      : "No line is a trace event.",
  );
}

function textOf(decoder: TextDecoder, bytes: ArrayBuffer): string {
  let text: string;
  try {
    text = decoder.decode(bytes, { stream: true });
  } catch {
    throw new NoTraceError("It is no text (no UTF-8). A trace has one event of JSON on each line.");
  }
  if (text.includes("\0")) throw new NoTraceError("It is no text, but a program or a picture.");
  return text;
}
