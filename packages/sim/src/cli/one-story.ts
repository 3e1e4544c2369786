/** The commands that tell one story: play a seed, find and shrink, read a trace file. */
import { readFileSync, writeFileSync } from "node:fs";
import { UsageError } from "@shirts/command-line";
import { decodeTraceEvent, isArea, isColour, type TraceEvent } from "@shirts/story";
import chalk from "chalk";
import { find, runSeed, shrink } from "../find.ts";
import { faultKinds, type Story } from "../plan.ts";
import { drawSentence, drawTrace, drawVerdict } from "../print/draw.ts";
import { type Outcome, runStory } from "../run.ts";
import type { Stage } from "../stages.ts";
import { jsonLines } from "./json-lines.ts";
import { keepTrace, seeIt } from "./keep.ts";
import type { Options } from "./options.ts";

type Write = (text: string) => void;

/** `pnpm sim v2 --seed 42` */
export async function tellSeed(stage: Stage, options: Options, seed: number, write: Write): Promise<void> {
  const { story, outcome } = await runSeed(stage, options.shape, seed);
  if (options.json) return write(jsonLines(outcome.trace));
  write(`${chalk.bold(stage.name)}, seed ${seed}: ${describe(story)}\n\n`);
  tell(outcome, story.steps, write);
  tellKept(options, outcome, write);
}

/** `pnpm sim v2 --find` */
export async function tellFound(stage: Stage, options: Options, write: Write): Promise<void> {
  const seeds = options.seeds ?? 100_000;
  const { shape, law = "last command wins", seed: from = 1 } = options;
  const isBlaming = options.faults.length > 0;
  const found = await find({ stage, shape, seeds, from, law, isBlaming });
  if (!found) {
    write(
      `${stage.name}: "${law}" holds for the seeds ${from} to ${from + seeds - 1}${isBlaming ? ", or was broken without a fault as well" : ""}.\n`,
    );
    return;
  }
  const shrunk = await shrink(stage, shape, found, isBlaming);
  if (options.save) writeFileSync(options.save, `${JSON.stringify(shrunk.story, null, 2)}\n`);
  if (options.json) return write(jsonLines(shrunk.outcome.trace));
  write(`${chalk.bold(stage.name)}: seed ${found.seed} breaks the law ${chalk.bold(`"${found.law}"`)}.\n`);
  write(`Found:  ${describe(found.story)}; ${found.outcome.trace.length} events\n`);
  write(`Shrunk: ${describe(shrunk.story)}; ${shrunk.outcome.trace.length} events`);
  write(` (${shrunk.tried} smaller stories tried)\n\n`);
  tell(shrunk.outcome, shrunk.story.steps, write);
  tellKept(options, shrunk.outcome, write);
}

function tellKept(options: Options, { trace }: Outcome, write: Write): void {
  if (options.keep === undefined) return;
  keepTrace(options.keep, trace);
  write(seeIt(options));
}

/** `pnpm sim v2 --story mine.json` */
export async function tellStory(stage: Stage, file: string, options: Options, write: Write): Promise<void> {
  let story: Story;
  try {
    story = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`);
  }
  const outcome = await runStory(stage, readStory(story, file), options.seed ?? 1);
  if (options.json) return write(jsonLines(outcome.trace));
  write(`${chalk.bold(stage.name)}, ${file}: ${describe(story)}\n\n`);
  tell(outcome, story.steps, write);
  tellKept(options, outcome, write);
  if ("last command wins" in outcome.broken) process.exitCode = 1;
}

/** Checks what `checkStory` takes for granted. */
function readStory(story: Story, file: string): Story {
  for (const list of ["nodes", "commands", "faults"] as const)
    if (!Array.isArray(story?.[list])) throw new UsageError(`${file}: a story has a list "${list}"`);
  for (const { area, shirt } of story.commands)
    if (!isArea(area) || !isColour(shirt))
      throw new UsageError(`${file}: "${area}" in "${shirt}" is no command`);
  for (const { kind } of story.faults)
    if (!faultKinds.includes(kind)) throw new UsageError(`${file}: there is no fault "${kind}"`);
  return story;
}

/** `pnpm sim --read trace.jsonl` */
export function tellFile(file: string, write: Write): void {
  let text: string;
  try {
    text = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`);
  }
  const trace = text
    .split("\n")
    .map((line, i) => (line.trim() ? parseEvent(line, i + 1, file) : undefined))
    .filter((event) => event !== undefined);
  if (trace.length === 0) throw new UsageError(`${file} holds no trace events`);
  const start = Math.min(...trace.map(({ at }) => at));
  const shifted = trace.map((event) => ({ ...event, at: event.at - start })).sort((a, b) => a.at - b.at);
  write(drawTrace(shifted));
  write(`\n${drawSentence(shifted)}`);
}

function parseEvent(line: string, number: number, file: string): TraceEvent {
  try {
    return decodeTraceEvent(line);
  } catch (error) {
    throw new UsageError(`${file}, line ${number}: not a trace event: ${(error as Error).message}`);
  }
}

function tell({ trace, verdict, broken, bound }: Outcome, steps: number, write: Write): void {
  write(drawTrace(trace, steps));
  write(`\n${drawVerdict(verdict)}\n`);
  write(drawSentence(trace, steps));
  for (const [law, sentence] of Object.entries(broken)) write(`  broken: "${law}": ${sentence}\n`);
  if (bound) write(chalk.red(`  The story did not end by itself: ${bound}.\n`));
}

export function describe({ nodes, commands, steps, faults, latencyMs }: Story): string {
  const paces = nodes.map(({ paceMs }, i) => `n${i + 1} ${paceMs} ms a step`).join(", ");
  const orders = commands.map(({ shirt, atMs }) => `${shirt.toUpperCase()} at ${atMs}`).join(", ");
  const troubles = faults.map((fault) => {
    const target =
      "node" in fault
        ? ` of n${fault.node + 1}`
        : "command" in fault
          ? ` of command ${fault.command + 1}`
          : "";
    return `${fault.kind}${target} at ${fault.atMs}${"forMs" in fault ? ` for ${fault.forMs}` : ""}`;
  });
  return [`${orders}`, `${steps} people`, paces, `network 1 to ${latencyMs} ms`, ...troubles].join("; ");
}
