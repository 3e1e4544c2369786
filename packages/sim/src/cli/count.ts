/** The commands that count: every interleaving of a small story, for one stage or for all. */
import { readFileSync, writeFileSync } from "node:fs";
import { UsageError } from "@shirts/command-line";
import type { Area, Colour } from "@shirts/story";
import { colours } from "@shirts/story";
import chalk from "chalk";
import { type ExplorableFault, type Exploration, explorableFaults, explore } from "../explore.ts";
import type { CommandPlan, FaultKind } from "../plan.ts";
import { drawSentence, drawTrace } from "../print/draw.ts";
import { type Stage, stages } from "../stages.ts";
import { jsonLines } from "./one-story.ts";
import type { Options } from "./options.ts";

type Write = (text: string) => void;

/** Commands for one area, all at once: PURPLE before BLUE, and so on. */
export function burst(commands: number, area: Area = "north-america"): CommandPlan[] {
  return Array.from({ length: commands }, (_, i) => ({
    atMs: 0,
    area,
    shirt: colours[i % colours.length] as Colour,
  }));
}

function explorable(faults: readonly FaultKind[]): ExplorableFault | undefined {
  const [fault, second] = faults;
  if (second) throw new UsageError("--all takes one fault at a time.");
  if (fault === undefined) return undefined;
  const known = explorableFaults.find((one) => one === fault);
  if (known) return known;
  throw new UsageError(`--all knows the faults ${explorableFaults.join(", ")}, not "${fault}".`);
}

/** `pnpm sim v1 --all` */
export async function countAll(stage: Stage, options: Options, write: Write): Promise<void> {
  const { nodes, people = 2, commands = 2 } = options;
  const fault = explorable(options.faults);
  const result = await explore({ stage, nodes, steps: people, commands: burst(commands), fault });
  if (options.json) return write(jsonLines(result.trace ?? []));
  write(
    `${chalk.bold(stage.name)}, ${nodes} nodes, ${people} people, ${commands} commands, ${fault ? `one ${fault}` : "no fault"}:\n`,
  );
  write(`${counted(result)} (${result.states} different states, ${result.runs} runs).\n`);
  if (!result.trace) return;
  write("\nThe shortest wrong one (the first column counts events):\n\n");
  write(`${drawTrace(result.trace, people)}\n${drawSentence(result.trace, people)}`);
}

function counted({ ways, wrong }: Exploration): string {
  if (ways === 0) return "no interleaving has this fault";
  return `${group(ways)} interleavings, ${group(wrong)} wrong`;
}

export interface CountCell {
  readonly ways: number;
  readonly wrong: number;
  readonly isCut: boolean;
}

const COUNT_COLUMNS = [undefined, "lost-cancel", "crash", "pause"] as const;

/** One cell of the exploration table: 2 nodes, 2 people, PURPLE before BLUE. */
export async function countCell(stage: Stage, fault: ExplorableFault | undefined): Promise<CountCell> {
  const isCut = isTooMany(stage, fault);
  const counted = isCut ? { ...stage, announced: false } : stage;
  const { ways, wrong } = await explore({ stage: counted, nodes: 2, steps: 2, commands: burst(2), fault });
  return { ways, wrong, isCut };
}

/**
 * The president's announcements double the events of v4, and with a crash or a pause the count would take hours. Those
 * cells are counted without announcements, which only takes warnings away.
 */
function isTooMany({ announced }: Stage, fault: ExplorableFault | undefined): boolean {
  return announced === true && (fault === "crash" || fault === "pause");
}

/** What was counted last, by stage and column. A test counts the quick ones again. */
export type KeptCounts = Readonly<Record<string, Readonly<Record<string, CountCell>>>>;

const FILE = new URL("../../counts.json", import.meta.url);

export function readKeptCounts(): KeptCounts {
  return JSON.parse(readFileSync(FILE, "utf8"));
}

/** `pnpm sim --table` counts, which takes minutes. `--kept` shows what was counted last, `--update` keeps the new counts. */
export async function countTable({ kept, update }: Options, write: Write): Promise<void> {
  const known = kept ? readKeptCounts() : undefined;
  const counts: Record<string, Record<string, CountCell>> = {};
  write(
    "| stage | no fault | one lost cancel | one crash and redelivery | one pause |\n| --- | ---: | ---: | ---: | ---: |\n",
  );
  for (const stage of stages) {
    write(`| ${stage.name}`);
    const row: Record<string, CountCell> = {};
    counts[stage.name] = row;
    for (const fault of COUNT_COLUMNS) {
      const column = fault ?? "none";
      row[column] = known?.[stage.name]?.[column] ?? (await countCell(stage, fault));
      write(` | ${cellText(row[column])}`);
    }
    write(" |\n");
  }
  write(
    "\nWrong interleavings of all: two nodes, two people, PURPLE before BLUE. * without the president's own announcement.\n",
  );
  if (update) writeFileSync(FILE, `${JSON.stringify(counts, null, 2)}\n`);
}

function cellText({ ways, wrong, isCut }: CountCell): string {
  return ways === 0 ? "–" : `${group(wrong)} of ${group(ways)}${isCut ? " *" : ""}`;
}

/** 1234567 as "1,234,567"; written out here, because what a locale does differs between engines. */
function group(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
