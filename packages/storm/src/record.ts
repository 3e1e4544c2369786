/**
 * `--record FILE`: a run writes its table into a Markdown file itself, so that nobody copies a number.
 *
 * Invariants:
 * 1. A table is known by the first cell of its head. The run replaces that table and the line below it that begins with
 *    `Recorded`, and nothing else; a table that is not there yet comes to the end of the file.
 * 2. The line says how many stories were planned when fewer were finished.
 */
import { readFileSync, writeFileSync } from "node:fs";

export interface Recording {
  /** What the table is called: the first cell of its head. */
  readonly title: string;
  /** Plain cells, the head first. The first cell of the head is replaced by `title`, the last row is in bold. */
  readonly rows: readonly (readonly string[])[];
  /** As a reader types it. */
  readonly command: string;
  readonly finished: number;
  readonly planned: number;
  /** Such as `Node 20.20.2`. */
  readonly versions: readonly string[];
  readonly date: Date;
}

const MARK = "Recorded ";

/** Writes the table into `file`, which may not be there yet. Throws when it cannot be read or written. */
export function record(file: string, recording: Recording): void {
  writeFileSync(file, recorded(readOrEmpty(file), recording));
}

/** `text` with the table of this recording in it. */
export function recorded(text: string, recording: Recording): string {
  const lines = text.trimEnd().split("\n");
  const block = blockOf(recording);
  // A row of another table may begin with the same cell; a rule is below a head only.
  const start = lines.findIndex(
    (line, at) => line.startsWith(`| ${recording.title} |`) && lines[at + 1]?.startsWith("| ---"),
  );
  if (start === -1) return `${[...(text.trim() === "" ? [] : [...lines, ""]), ...block].join("\n")}\n`;
  let end = start;
  while (lines[end]?.startsWith("|")) end++;
  if (lines[end] === "" && lines[end + 1]?.startsWith(MARK)) end += 2;
  lines.splice(start, end - start, ...block);
  return `${lines.join("\n")}\n`;
}

function blockOf({ title, rows, command, finished, planned, versions, date }: Recording): string[] {
  const [head = [], ...body] = rows;
  const total = body.pop() ?? [];
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const day = date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const cut = finished < planned ? ` Ended early: ${finished} of ${planned} stories were finished.` : "";
  return [
    row([title, ...head.slice(1)]),
    row(head.map(() => "---")),
    ...body.map(row),
    row(total.map((cell) => `**${cell}**`)),
    "",
    `${MARK}${day} with ${versions.join(", ")}: \`${command}\`.${cut}`,
  ];
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
