/** `pnpm sim v1 --all`: every order of events of a small story, for one stage. */
import { UsageError } from "@shirts/command-line";
import type { Area, Colour } from "@shirts/story";
import { colours } from "@shirts/story";
import chalk from "chalk";
import { type ExplorableFault, type Exploration, explorableFaults, explore } from "../explore.ts";
import { lawNames } from "../laws.ts";
import type { CommandPlan, FaultKind } from "../plan.ts";
import { drawSentence, drawTrace } from "../print/draw.ts";
import type { Stage } from "../stages.ts";
import { jsonLines } from "./json-lines.ts";
import { keepTrace, seeIt } from "./keep.ts";
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

/** Throws UsageError. */
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
  const { law } = options;
  // Equal states are walked once, and such a law may look at the way to them.
  if (law && !lawNames.includes(law))
    throw new UsageError(
      "--all counts by the house's laws; a law of your own judges stories: --find, --seeds.",
    );
  const result = await explore({ stage, nodes, steps: people, commands: burst(commands), fault, law });
  if (options.json) return write(jsonLines(result.trace ?? []));
  write(
    `${chalk.bold(stage.name)}, ${nodes} nodes, ${people} people, ${commands} commands, ${fault ? `one ${fault}` : "no fault"}:\n`,
  );
  write(`${counted(result)} (${result.states} different states, ${result.runs} runs).\n`);
  for (const law of lawNames)
    if (result.broken[law]) write(`  broken: "${law}" in ${group(result.broken[law])}\n`);
  if (!result.trace) return;
  write("\nThe shortest wrong one (the first column counts events):\n\n");
  write(`${drawTrace(result.trace, people)}\n${drawSentence(result.trace, people)}`);
  if (options.keep === undefined) return;
  keepTrace(options.keep, result.trace);
  write(seeIt(options));
}

function counted({ ways, wrong }: Exploration): string {
  if (ways === 0) return "no interleaving has this fault";
  return `${group(ways)} interleavings, ${group(wrong)} wrong`;
}

/** 1234567 as "1,234,567"; written out here, because what a locale does differs between engines. */
export function group(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
