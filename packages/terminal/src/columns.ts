import { stripVTControlCharacters } from "node:util";

/** Lays out a table for a terminal: one line per row, a rule under the head. Colours in cells do not count as width. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const [head = [], ...body] = rows;
  const width = (text: string) => stripVTControlCharacters(text).length;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ""))));
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - width(cell))).join("  ")}`.trimEnd();
  return [
    line(head),
    `  ${widths.map((columnWidth) => "─".repeat(columnWidth)).join("  ")}`,
    ...body.map(line),
  ];
}
