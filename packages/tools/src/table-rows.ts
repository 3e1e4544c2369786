/** What the directive `table` turns into: rows of tables that runs have written down, so that a chapter never copies a number. */
import { has, linesOf, read } from "./tree.ts";

interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const FORM =
  "write <!-- table FILE TABLE/ROW, TABLE/ROW -->, with the first cells of the table's head and of the row";

/**
 * The rows that `args` names: `FILE TABLE/ROW, TABLE/ROW ...`. TABLE is the first cell of a table's head and ROW the first
 * cell of a row, both without `**`. Rows of several tables meet by the names of their columns. A string says what is wrong.
 */
export function pick(root: string, args: string): string[] | string {
  const [, file, wanted] = /^(\S+)\s+(.+)$/.exec(args) ?? [];
  if (file === undefined || wanted === undefined) return FORM;
  if (!has(root, file)) return `there is no ${file}: ${FORM}`;
  const tables = tablesOf(linesOf(read(root, file)));
  const names = wanted.split(",").map((it) => it.trim());
  const picked: { name: string; cells: readonly string[]; columns: readonly string[] }[] = [];
  const isOneTable = new Set(names.map((it) => it.split("/")[0])).size === 1;
  for (const name of names) {
    const [tableName = "", rowName = ""] = name.split("/");
    const table = tables.find((it) => it.head[0] === tableName);
    const row = table?.rows.find((it) => it[0] === rowName);
    if (!table || !row) return `${file} has no row "${rowName}" in a table "${tableName}": ${FORM}`;
    picked.push({
      name: isOneTable ? rowName : tableName,
      cells: row.slice(1),
      columns: table.head.slice(1),
    });
  }
  const columns = columnsOf(picked.map((it) => it.columns));
  const title = isOneTable ? (names[0]?.split("/")[0] ?? "") : "";
  return [
    line([title, ...columns]),
    line(["---", ...columns.map(() => "---")]),
    ...picked.map(({ name, cells, columns: own }) =>
      line([name, ...columns.map((column) => cells[own.indexOf(column)] ?? "")]),
    ),
  ];
}

/** The columns of all tables, in the order of the widest. A run of another day may have counted less. */
function columnsOf(heads: readonly (readonly string[])[]): string[] {
  return [...new Set(heads.toSorted((a, b) => b.length - a.length).flat())];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function tablesOf(lines: readonly string[]): Table[] {
  const tables: Table[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (!lines[at]?.startsWith("|")) continue;
    const rows: string[][] = [];
    for (; lines[at]?.startsWith("|"); at++) rows.push(cellsOf(lines[at] ?? ""));
    const [head, , ...body] = rows;
    if (head) tables.push({ head, rows: body });
  }
  return tables;
}

function cellsOf(text: string): string[] {
  return text
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim().replace(/^\*\*(.*)\*\*$/, "$1"));
}
