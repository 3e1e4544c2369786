/** `pnpm sim`: the simulator on the command line. */
import { program, UsageError } from "@shirts/command-line";
import { countAll } from "./cli/count.ts";
import { tellLocks } from "./cli/count-locks.ts";
import { countTable, tellPlain } from "./cli/count-table.ts";
import { digest } from "./cli/digest.ts";
import { tellJudged } from "./cli/judge.ts";
import { tellMany } from "./cli/many.ts";
import { tellMatrix, tellOwnMatrix } from "./cli/matrix.ts";
import { tellMutants } from "./cli/mutants.ts";
import { tellFile, tellFound, tellSeed, tellStory } from "./cli/one-story.ts";
import { OPTIONS, type Options, readOptions, USAGE } from "./cli/options.ts";
import { isOwn, loadOwn } from "./cli/own.ts";
import { tellSchedule } from "./cli/schedule.ts";
import { tellSlips } from "./cli/slips.ts";
import { tellSpeed } from "./cli/speed.ts";
import { watch } from "./cli/watch.ts";
import { beWatched, isWatched } from "./cli/watched.ts";
import { LawError } from "./laws.ts";
import { ImpossibleStoryError } from "./plan.ts";

const write = (text: string): void => {
  process.stdout.write(text);
};

async function play(options: Options): Promise<void> {
  const { stage } = options;
  if (options.read !== undefined) return tellFile(options.read, write);
  if (options.schedule !== undefined) return tellSchedule(options.schedule, options, write);
  if (options.matrix && stage?.isOwn) return tellOwnMatrix(stage, options, write);
  if (options.matrix) return tellMatrix(options, write);
  if (options.speed) return tellSpeed(write);
  if (options.digest) return write(await digest());
  if (options.mutants) return tellMutants(options, write);
  if (options.slips) return tellSlips(options, write);
  if (options.locks) return tellLocks(options, write);
  if (options.plain) return tellPlain(write);
  if (options.table) return countTable(options, write);
  if (!stage) throw new UsageError("which stage? For example: pnpm sim v2 --find. --help lists the flags.");
  if (options.all) return countAll(stage, options, write);
  if (options.find) return tellFound(stage, options, write);
  if (options.seeds !== undefined) return tellMany(options, options.seeds, write);
  if (options.story !== undefined) return tellStory(stage, options.story, options, write);
  if (options.worker !== undefined && options.seed === undefined) return tellJudged(stage, options, write);
  return tellSeed(stage, options, options.seed ?? 1, write);
}

await program({
  name: "sim",
  usage: USAGE,
  options: OPTIONS,
  positionals: "words",
  explain: (error) =>
    error instanceof ImpossibleStoryError || error instanceof LawError
      ? new UsageError(error.message)
      : error,
  async main(values, words) {
    if (process.argv.length === 2) return write(USAGE);
    if (!isOwn(values)) return play(readOptions(values, words));
    const file = values.worker ?? values.laws ?? "";
    if (!isWatched()) return watch(process.argv.slice(2), file, write);
    beWatched();
    return play(readOptions(values, words, await loadOwn(values)));
  },
});
