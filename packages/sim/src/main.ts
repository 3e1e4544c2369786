/** `pnpm sim`: the simulator on the command line. */

import { UsageError } from "@shirts/command-line";
import { countAll, countTable } from "./cli/count.ts";
import { digest } from "./cli/digest.ts";
import { tellMany } from "./cli/many.ts";
import { tellMatrix } from "./cli/matrix.ts";
import { tellMutants } from "./cli/mutants.ts";
import { readOptions, USAGE } from "./cli/options.ts";
import { tellSlips } from "./cli/slips.ts";
import { tellSpeed } from "./cli/speed.ts";
import { tellFile, tellFound, tellSeed, tellStory } from "./cli/tell.ts";
import { ImpossibleStoryError } from "./plan.ts";

const write = (text: string): void => {
  process.stdout.write(text);
};

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  const { stage } = options;
  if (options.help || args.length === 0) return write(USAGE);
  if (options.read !== undefined) return tellFile(options.read, write);
  if (options.matrix) return tellMatrix(options, write);
  if (options.speed) return tellSpeed(write);
  if (options.digest) return write(await digest());
  if (options.mutants) return tellMutants(options.seeds ?? 2000, write);
  if (options.slips) return tellSlips(options, write);
  if (options.table) return countTable(options, write);
  if (!stage) throw new UsageError("which stage? For example: pnpm sim v2 --find. --help lists the flags.");
  if (options.all) return countAll(stage, options, write);
  if (options.find) return tellFound(stage, options, write);
  if (options.seeds !== undefined) return tellMany(options, options.seeds, write);
  if (options.story !== undefined) return tellStory(stage, options.story, options, write);
  return tellSeed(stage, options, options.seed ?? 1, write);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isTheirs = error instanceof UsageError || error instanceof ImpossibleStoryError;
  process.stderr.write(`sim: ${isTheirs ? error.message : ((error as Error)?.stack ?? String(error))}\n`);
  process.exit(isTheirs ? 2 : 1);
});
