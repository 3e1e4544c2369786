/**
 * Prints a counterexample: a column for each routine, a row for each step, and the text of the lines below. A cell says which case
 * a select took, and then to which line the routine runs in this step. Lines of the file that most steps are in are numbers; those
 * of other files have its name.
 */

import type { Routine } from "./choices.ts";
import type { Place } from "./places.ts";
import type { Row, Trace } from "./trace.ts";

/** Of a longer table the middle is left out. */
const ROWS_MAX = 60;
const ROWS_FIRST = 20;

/** The table as lines without spaces at their ends. */
export function printTable({ rows, births }: Trace): string {
  const routines = [...new Map(rows.map(({ routine }) => [routine.id, routine])).values()];
  routines.sort((a, b) => a.id - b.id);
  const places = rows.flatMap(({ stops }) => stops.flatMap((stop) => stop.place ?? []));
  const home = mostOf(places.map(({ file }) => file)) ?? births.values().next().value?.file;
  const name = ({ file, line }: Place): string => (file === home ? `${line}` : `${baseOf(file)}:${line}`);
  const heads = routines.map((routine) => headOf(routine, births.get(routine.id), name));
  const cells = rows.map((row, step) => [
    `${step + 1}`,
    ...routines.map((routine) => (routine === row.routine ? cellOf(row, name) : "")),
  ]);
  return [grid([["step", ...heads], ...withoutMiddle(cells)]), ...legendOf(places, home)].join("\n");
}

function mostOf(files: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(file, (counts.get(file) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function withoutMiddle(cells: string[][]): string[][] {
  const left = cells.length - ROWS_MAX;
  if (left <= 0) return cells;
  return [...cells.slice(0, ROWS_FIRST), ["…", `${left} steps`], ...cells.slice(ROWS_FIRST + left)];
}

/** Each line once, by file: the file of most steps first. */
function legendOf(places: readonly Place[], home: string | undefined): string[] {
  const files = [...new Set(places.map(({ file }) => file))];
  files.sort((a, b) => Number(b === home) - Number(a === home));
  return files.flatMap((file) => {
    const texts = new Map(places.flatMap((it) => (it.file === file ? [[it.line, it.text] as const] : [])));
    const lines = [...texts].sort(([a], [b]) => a - b);
    const width = String(lines.at(-1)?.[0] ?? "").length;
    return ["", baseOf(file), ...lines.map(([line, text]) => `  ${String(line).padStart(width)}  ${text}`)];
  });
}

function baseOf(file: string): string {
  return file.split(/[/\\]/).at(-1)?.split("?")[0] ?? file;
}

function headOf({ id, name }: Routine, birth: Place | undefined, nameOf: (at: Place) => string): string {
  if (id === 0) return name;
  return `${name || "go"} (${birth === undefined ? `routine ${id}` : nameOf(birth)})`;
}

function cellOf({ stops, notes, took }: Row, nameOf: (at: Place) => string): string {
  const ends = stops.map(({ place, isBlocked }) => {
    const at = place === undefined ? "to an operation" : `to ${nameOf(place)}`;
    return isBlocked ? `${at}, blocks` : at;
  });
  // Two operations of one line, as in a Promise.race, are told once.
  const cells = [...new Set([...ends, ...notes])];
  return [...(took === undefined ? [] : [`case ${took}`]), ...cells].join(", ");
}

function grid(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    // What was left out is longer than its column, and nothing follows it.
    Math.max(...rows.map((row) => (row.length < columns ? 0 : (row[column] ?? "").length))),
  );
  const cell = (text: string, column: number): string =>
    column === 0 ? text.padStart(widths[0] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}
