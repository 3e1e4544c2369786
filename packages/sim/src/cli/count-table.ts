/** `pnpm sim --table`: the orders of a small story for all stages, counted now or kept. */
import { readFileSync, writeFileSync } from "node:fs";
import { type ExplorableFault, type Exploration, explore } from "../explore.ts";
import { type LawName, lawNames } from "../laws.ts";
import { plainCount, RULES } from "../plain-count.ts";
import { type Stage, stages } from "../stages.ts";
import { burst, group } from "./count.ts";
import type { Options } from "./options.ts";

type Write = (text: string) => void;

/** How many orders, and how many of them break which law. */
export interface CountCell extends Pick<Exploration, "ways" | "broken"> {
  readonly isCut: boolean;
}

const COUNT_COLUMNS = [undefined, "lost-cancel", "crash", "pause"] as const;

/** One cell of the table: 2 nodes, 2 people, PURPLE before BLUE. */
export async function countCell(stage: Stage, fault: ExplorableFault | undefined): Promise<CountCell> {
  const isCut = isTooMany(stage, fault);
  const counted = isCut ? { ...stage, announced: false } : stage;
  const { ways, broken } = await explore({ stage: counted, nodes: 2, steps: 2, commands: burst(2), fault });
  return { ways, broken, isCut };
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

/**
 * Counts, which takes minutes; of some stages when they are named. `--kept` shows what was counted last and counts nothing,
 * `--update` keeps each new count as soon as it is there.
 */
export async function countTable(options: Options, write: Write): Promise<void> {
  const { kept, update } = options;
  const counts: Record<string, Record<string, CountCell>> = structuredClone(readKeptCounts());
  write(
    "| stage | no fault | one lost cancel | one crash and redelivery | one pause |\n| --- | ---: | ---: | ---: | ---: |\n",
  );
  for (const stage of options.stages.length > 0 ? options.stages : stages) {
    write(`| ${stage.name}`);
    counts[stage.name] ??= {};
    const row = counts[stage.name] ?? {};
    for (const fault of COUNT_COLUMNS) {
      const column = fault ?? "none";
      if (!kept) row[column] = await countCell(stage, fault);
      write(` | ${cellText(row[column])}`);
      if (update) writeFileSync(FILE, `${JSON.stringify(counts, null, 2)}\n`);
    }
    write(" |\n");
  }
  write(
    "\nWrong interleavings of all: two nodes, two people, PURPLE before BLUE. * without the president's own announcement.\n",
  );
  tellLaws(counts, write);
}

function cellText(cell: CountCell | undefined): string {
  if (!cell) return "not counted";
  const { ways, broken, isCut } = cell;
  return ways === 0
    ? "–"
    : `${group(broken["last command wins"] ?? 0)} of ${group(ways)}${isCut ? " *" : ""}`;
}

/** Wrong is who breaks the first law. The other laws are judged at the end of every order too. */
function tellLaws(counts: KeptCounts, write: Write): void {
  const breakers = (law: LawName) => Object.keys(counts).filter((name) => isBroken(counts[name] ?? {}, law));
  const [broken, held] = [true, false].map((is) => lawNames.filter((law) => breakers(law).length > 0 === is));
  for (const law of broken ?? []) write(`"${law}" is broken by ${breakers(law).join(", ")}.\n`);
  write(`No order here breaks ${(held ?? []).map((law) => `"${law}"`).join(", ")}.\n`);
}

function isBroken(row: Readonly<Record<string, CountCell>>, law: LawName): boolean {
  return Object.values(row).some(({ broken }) => broken[law]);
}

/** `pnpm sim --plain`: the kept counts beside those of the state machine, which runs no worker. */
export function tellPlain(write: Write): void {
  const counts = readKeptCounts();
  write("| stage | fault | workers | plain | differ |\n| --- | --- | ---: | ---: | --- |\n");
  for (const { name } of stages)
    for (const fault of ["none", "lost-cancel"]) {
      const rules = RULES[name];
      const cell = counts[name]?.[fault];
      if (!rules || !cell || cell.ways === 0) continue;
      const { orders, wrong } = plainCount(rules, { nodes: 2, people: 2, commands: 2 }, fault !== "none");
      const kept = `${group(cell.broken["last command wins"] ?? 0)} of ${group(cell.ways)}`;
      const plain = `${group(wrong)} of ${group(orders)}`;
      write(`| ${name} | ${fault} | ${kept} | ${plain} | ${kept === plain ? "no" : "YES"} |\n`);
    }
  write(
    "\nWrong orders of all. Left: the workers themselves, in the simulator. Right: a state machine that runs none.\n",
  );
}
