/** What was seen, as a sentence per scene and a table at the end. */
import { areaName, shirts } from "@shirts/story";
import { columns, onShirt } from "@shirts/terminal";
import chalk from "chalk";
import { captionOf } from "./caption.ts";
import { isRightOutcome, type Outcome } from "./outcome.ts";

/** A scene's verdict, counted in SQL: what everybody wears, and what to make of it. */
export function verdictLines(outcome: Outcome): string[] {
  const lines = outcome.verdicts.map(({ area, people, commanded, wearing, wrong }) => {
    const counts = shirts
      .filter((shirt) => wearing[shirt])
      .map(
        (shirt) =>
          `${(wearing[shirt] ?? 0).toLocaleString("en")} in ${onShirt(shirt, ` ${shirt.toUpperCase()} `)}`,
      );
    const mark = wrong === 0 ? chalk.green("✓") : chalk.red("✗");
    return `  ${mark} ${areaName(area)}, ${people.toLocaleString("en")} people, commanded ${(commanded ?? "nothing").toUpperCase()}: ${counts.join(", ")}`;
  });
  if (outcome.unacked > 0)
    lines.push(chalk.red(`  ✗ ${outcome.unacked} job(s) never acked: the scene ran out of time.`));
  const { stage, pacesMs } = outcome.scene;
  const caption = `  ${captionOf(outcome.trace, { stage, nodes: pacesMs.length })}`;
  lines.push(isRightOutcome(outcome) ? caption : chalk.bold(caption));
  return lines;
}

const HEAD = [
  "stage",
  "nodes",
  "routines",
  "seconds",
  "people wrong",
  "stale steps",
  "wasted",
  "refused",
  "verdict",
];
const ROUTINES = { v1: "1", v2: "1 each", v3: "many", v4: "many" };

/** The table of all scenes. */
export function summaryTable(outcomes: readonly Outcome[]): string[] {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const rows = outcomes.map((outcome) => [
    outcome.scene.stage + (outcome.scene.freeze ? " +freeze" : ""),
    String(outcome.scene.pacesMs.length),
    ROUTINES[outcome.scene.stage],
    outcome.seconds.toFixed(1),
    sum(outcome.verdicts.map(({ wrong }) => wrong)).toLocaleString("en"),
    String(sum(outcome.verdicts.map(({ stale }) => stale))),
    String(outcome.wasted),
    String(sum(outcome.verdicts.map(({ refused }) => refused))),
    isRightOutcome(outcome) ? chalk.green("✓ right") : chalk.red("✗ WRONG"),
  ]);
  return columns([HEAD, ...rows]);
}
