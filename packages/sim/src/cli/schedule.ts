/** `pnpm sim --schedule FILE`: a schedule that somebody chose, event by event, here or on the page. */
import { readFileSync } from "node:fs";
import { UsageError } from "@shirts/command-line";
import chalk from "chalk";
import { ImpossibleStoryError } from "../plan.ts";
import { drawSentence, drawTrace, drawVerdict } from "../print/draw.ts";
import type { Played } from "../schedule.ts";
import { playChoices, readSchedule, type Schedule } from "../schedule-file.ts";
import { jsonLines } from "./json-lines.ts";
import type { Options } from "./options.ts";

/** Throws UsageError. */
export async function tellSchedule(
  file: string,
  { json }: Pick<Options, "json">,
  write: (text: string) => void,
): Promise<void> {
  const { schedule, played } = await playFile(file);
  const { trace, verdict, broken, isFaultLeft } = played;
  if (json) return write(jsonLines(trace));
  const { stage, nodes, steps, commands, fault, choices } = schedule;
  const orders = commands.map(({ shirt }) => shirt.toUpperCase()).join(" before ");
  const trouble = fault ? `one ${fault}` : "no fault";
  write(`${chalk.bold(stage)}, ${file}: ${orders}; ${steps} people; ${nodes} nodes; ${trouble}; `);
  write(`${choices.length} choices (the first column counts events)\n\n`);
  write(drawTrace(trace, steps));
  write(`\n${drawVerdict(verdict)}\n${drawSentence(trace, steps)}`);
  for (const [law, sentence] of Object.entries(broken)) write(`  broken: "${law}": ${sentence}\n`);
  if (isFaultLeft) write(`  No ${fault} happened.\n`);
  if (verdict.some(({ wrong }) => wrong > 0)) process.exitCode = 1;
}

async function playFile(file: string): Promise<{ readonly schedule: Schedule; readonly played: Played }> {
  try {
    const schedule = readSchedule(JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8")));
    return { schedule, played: await playChoices(schedule) };
  } catch (error) {
    if (error instanceof ImpossibleStoryError) throw new UsageError(`${file}: ${error.message}.`);
    const { message, code } = error as NodeJS.ErrnoException;
    if (error instanceof SyntaxError || code !== undefined)
      throw new UsageError(`cannot read ${file}: ${message.split("\n")[0]}`);
    throw error;
  }
}
