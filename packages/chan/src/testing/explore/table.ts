/** Prints a counterexample: a column for each routine, a row for each step. */

import type { Routine } from "./choices.ts";
import type { Place } from "./places.ts";
import type { Row, Trace } from "./trace.ts";

const CELL_MAX = 44;
/** Of a longer table the middle is left out. */
const ROWS_MAX = 60;
const ROWS_FIRST = 20;

/** The table as lines without spaces at their ends. */
export function printTable({ rows, births }: Trace): string {
  const routines = [...new Map(rows.map(({ routine }) => [routine.id, routine])).values()];
  routines.sort((a, b) => a.id - b.id);
  const files = new Set(placesIn(rows).map(({ file }) => file));
  for (const { id } of routines) files.add(births.get(id)?.file ?? [...files][0] ?? "");
  files.delete("");
  const place = ({ file, line }: Place): string => (files.size > 1 ? `${baseOf(file)}:${line}` : `${line}`);
  const heads = routines.map((routine) => headOf(routine, births.get(routine.id), place));
  const cells = rows.map((row, step) => [
    `${step + 1}`,
    ...routines.map((routine) => (routine === row.routine ? cellOf(row, place) : "")),
  ]);
  const lines = grid([["step", ...heads], ...withoutMiddle(cells)]);
  const [file] = files;
  return files.size === 1 ? `lines of ${baseOf(file ?? "")}\n${lines}` : lines;
}

function withoutMiddle(cells: string[][]): string[][] {
  const left = cells.length - ROWS_MAX;
  if (left <= 0) return cells;
  return [...cells.slice(0, ROWS_FIRST), ["…", `${left} steps`], ...cells.slice(ROWS_FIRST + left)];
}

function placesIn(rows: readonly Row[]): Place[] {
  return rows.flatMap(({ stops }) => stops.flatMap((stop) => stop.place ?? []));
}

function baseOf(file: string): string {
  return file.split(/[/\\]/).at(-1)?.split("?")[0] ?? file;
}

function headOf({ id, name }: Routine, birth: Place | undefined, place: (at: Place) => string): string {
  if (id === 0) return name;
  return `${name || "go"} (${birth === undefined ? `routine ${id}` : place(birth)})`;
}

function cellOf({ stops, notes }: Row, place: (at: Place) => string): string {
  const ends = stops.map((stop) => {
    const at = stop.place === undefined ? "an operation" : `${place(stop.place)} ${stop.place.text}`;
    const limit = CELL_MAX - (stop.isBlocked ? " blocks".length : 0);
    const text = at.length > limit ? `${at.slice(0, limit - 1)}…` : at;
    return stop.isBlocked ? `${text} blocks` : text;
  });
  return [
    ...notes.filter((note) => note.startsWith("takes")),
    ...ends,
    ...notes.filter((note) => !note.startsWith("takes")),
  ].join(", ");
}

function grid(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padStart(widths[0] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
