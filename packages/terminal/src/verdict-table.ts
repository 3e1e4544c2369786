/** The verdict as people read it: one line per area, and a last line that says it in words. */
import { type AreaVerdict, areaName, isRight, shirtLetter, shirts, type Wardrobe } from "@shirts/story";
import { Chalk, type ChalkInstance } from "chalk";
import { onShirt } from "./shirts.ts";

const count = (number: number) => number.toLocaleString("en-US");

interface Column {
  readonly title: string;
  readonly right: boolean;
  readonly text: (row: AreaVerdict) => string;
  readonly paint?: (text: string, row: AreaVerdict, chalk: ChalkInstance) => string;
}

const red =
  (number: (row: AreaVerdict) => number) => (text: string, row: AreaVerdict, chalk: ChalkInstance) =>
    number(row) > 0 ? chalk.red(text) : text;

const columns: readonly Column[] = [
  { title: "area", right: false, text: ({ area }) => areaName(area) },
  { title: "people", right: true, text: ({ people }) => count(people) },
  {
    title: "commanded",
    right: false,
    text: ({ commanded, revision }) => (commanded ? `${commanded} (revision ${revision})` : "nothing yet"),
    paint: (text, { commanded }, chalk) => (commanded ? onShirt(commanded, text, chalk) : text),
  },
  { title: "wearing", right: false, text: ({ wearing }) => wardrobe(wearing) },
  { title: "wrong", right: true, text: ({ wrong }) => count(wrong), paint: red(({ wrong }) => wrong) },
  { title: "stale steps", right: true, text: ({ stale }) => count(stale), paint: red(({ stale }) => stale) },
  { title: "refused steps", right: true, text: ({ refused }) => count(refused) },
];

/** "P 400,000 + B 600,000" */
function wardrobe(wearing: Wardrobe): string {
  const worn = shirts.filter((shirt) => wearing[shirt]);
  return (
    worn.map((shirt) => `${shirtLetter(shirt)} ${count(wearing[shirt] ?? 0)}`).join(" + ") ||
    "nobody is there"
  );
}

/** Lines, ready to print. `colour` false leaves plain text. */
export function verdictTable(verdicts: readonly AreaVerdict[], { colour }: { colour: boolean }): string {
  const chalk = new Chalk(colour ? {} : { level: 0 });
  const widths = columns.map(({ title, text }) =>
    Math.max(title.length, ...verdicts.map((row) => text(row).length)),
  );
  const line = (cell: (column: Column) => string, paint?: (column: Column, text: string) => string) =>
    columns
      .map((column, i) => {
        const text = cell(column)[column.right ? "padStart" : "padEnd"](widths[i] ?? 0);
        return paint ? paint(column, text) : text;
      })
      .join("  ")
      .trimEnd();
  return [
    chalk.bold(line(({ title }) => title)),
    ...verdicts.map((row) =>
      line(
        ({ text }) => text(row),
        ({ paint }, text) => paint?.(text, row, chalk) ?? text,
      ),
    ),
    "",
    lastLine(verdicts, chalk),
  ].join("\n");
}

function lastLine(verdicts: readonly AreaVerdict[], chalk: ChalkInstance): string {
  if (verdicts.every(({ commanded }) => commanded === undefined)) return "No command was given yet.";
  if (isRight(verdicts)) return chalk.green("Right: everybody wears the shirt of the newest command.");
  const wrong = verdicts.reduce((sum, row) => sum + row.wrong, 0);
  return chalk.red(
    `Wrong: ${count(wrong)} ${wrong === 1 ? "person wears" : "people wear"} another shirt than commanded.`,
  );
}
