/** Draws a story for a terminal: a table in colour, and the sentence under it. No colour tells what the words do not tell. */
import type { AreaVerdict, Shirt, TraceEvent } from "@shirts/story";
import { areaName } from "@shirts/story";
import { onShirt, shirtCell } from "@shirts/terminal";
import chalk from "chalk";
import { type Cell, tableOf } from "./rows.ts";
import { whatIsUnknown, whatWentWrong } from "./sentence.ts";

const MS_WIDTH = 5;

/** The table of a trace; each line ends with a line feed. */
export function drawTrace(trace: readonly TraceEvent[], steps?: number): string {
  const { columns, rows } = tableOf(trace, steps);
  const widths = columns.map((name) =>
    Math.max(name.length, ...rows.map(({ cells }) => widthOf(cells[name]))),
  );
  const line = (left: string, cells: readonly string[]) => `${left}  ${cells.join(" │ ").trimEnd()}\n`;
  const rule = `${"─".repeat(MS_WIDTH + 1)}─${widths.map((width) => "─".repeat(width + 1)).join("┼─")}\n`;
  const head = line(
    "ms".padStart(MS_WIDTH),
    columns.map((name, i) => name.padEnd(widths[i] ?? 0)),
  );
  const body = rows.map(({ at, cells }) =>
    line(
      String(at).padStart(MS_WIDTH),
      columns.map((name, i) => paintCell(cells[name], widths[i] ?? 0)),
    ),
  );
  return chalk.bold(head) + chalk.dim(rule) + body.join("");
}

/** The sentence about what went wrong, or that all went well. */
export function drawSentence(trace: readonly TraceEvent[], steps?: number): string {
  const sentence = whatWentWrong(trace, steps);
  if (sentence) return `${chalk.red("✗")} ${sentence}\n`;
  const unknown = whatIsUnknown(trace);
  if (unknown) return `${chalk.yellow("?")} Everybody wears the newest shirt. ${unknown}\n`;
  return `${chalk.green("✓")} Everybody wears the newest shirt, and no stale step landed.\n`;
}

/** One line per area: the shirts in the end. */
export function drawVerdict(verdicts: readonly AreaVerdict[]): string {
  return verdicts
    .map(({ area, commanded, people, wrong, wearing, stale, refused }) => {
      const clothes = (Object.entries(wearing) as [Shirt, number][]).map(
        ([shirt, n]) => `${n} ${onShirt(shirt, ` ${shirt} `)}`,
      );
      const all = wrong === 0 ? "right" : `${wrong} of ${people} wrong`;
      return `  ${areaName(area)}, commanded ${commanded?.toUpperCase()}: ${all} (${clothes.join(", ")}); stale steps ${stale}, refused ${refused}\n`;
    })
    .join("");
}

function widthOf(cell: Cell | undefined): number {
  return cell?.bar?.length ?? cell?.text.length ?? 0;
}

function paintCell(cell: Cell | undefined, width: number): string {
  if (!cell) return " ".repeat(width);
  const { text, bar, shirt, isAlarm } = cell;
  const padding = " ".repeat(width - widthOf(cell));
  if (bar) return bar.map(shirtCell).join("") + padding;
  if (isAlarm) return chalk.red(text) + padding;
  return (shirt ? coloured(shirt, text) : text) + padding;
}

/** The shirt's name on its colour. */
function coloured(shirt: Shirt, text: string): string {
  const name = shirt.toUpperCase();
  return text.replace(name, onShirt(shirt, name));
}
