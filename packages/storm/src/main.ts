/** `pnpm storm v4 --faults all --stories 50 --seed 7`: many short stories on real servers, with a fault in each. */
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { STAGES, type Stage, stageOf } from "@shirts/demo/flags";
import { killAll } from "@shirts/demo/process";
import { UsageError, wholeNumber } from "@shirts/node";
import chalk from "chalk";
import { openArena } from "./arena.ts";
import { type FaultName, faultNames, isFault } from "./faults.ts";
import { playStory, type StoryResult } from "./story.ts";
import { isWrong, stormTable } from "./table.ts";

const USAGE = `A fault storm: real node processes on a RabbitMQ and a PostgreSQL of the storm's own, with one fault in each story.

  pnpm storm STAGE [--faults A,B] [--stories N] [--seed N] [--nodes N] [--cluster] [--traces FOLDER]

  STAGE      ${STAGES.join(", ")}
  --faults   all, or some of: ${faultNames.join(", ")}
  --stories  how many stories (default 50)
  --seed     where chance begins (default 1); the same seed gives the same commands and faults
  --nodes    node processes (default 2)
  --cluster  three RabbitMQ nodes in a cluster instead of one
  --traces   where the traces of wrong stories go (default: a folder in the system's temporary one)

It needs RabbitMQ and PostgreSQL installed on this machine, and touches no other server.
A wrong story in v1 to v3 is what you came for; in v4 it is an error (exit code 1).
`;

interface Flags {
  readonly stage: Stage;
  readonly faults: readonly FaultName[];
  readonly stories: number;
  readonly seed: number;
  readonly nodes: number;
  readonly cluster: boolean;
  readonly traces: string;
}

function readFlags(args: string[]): Flags | "help" {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  const [stage, ...others] = positionals;
  if (stage === undefined || others.length > 0)
    throw new UsageError(`Which stage? One of ${STAGES.join(", ")}. --help tells more.`);
  return {
    stage: stageOf(stage),
    faults: values.faults === "all" ? faultNames : values.faults.split(",").map(faultOf),
    stories: wholeNumber("--stories", values.stories, 1, 1_000_000),
    seed: wholeNumber("--seed", values.seed, 0, 2 ** 31),
    nodes: wholeNumber("--nodes", values.nodes, 1, 8),
    cluster: values.cluster,
    traces: values.traces ?? join(tmpdir(), `storm-${stage}-${values.seed}`),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        faults: { type: "string", default: "all" },
        stories: { type: "string", default: "50" },
        seed: { type: "string", default: "1" },
        nodes: { type: "string", default: "2" },
        cluster: { type: "boolean", default: false },
        traces: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}. --help lists the flags.`);
  }
}

function faultOf(text: string): FaultName {
  if (isFault(text)) return text;
  throw new UsageError(`There is no fault "${text}". Faults: all, ${faultNames.join(", ")}.`);
}

async function main(): Promise<number> {
  const flags = readFlags(process.argv.slice(2));
  if (flags === "help") {
    process.stdout.write(USAGE);
    return 0;
  }
  progress("starting RabbitMQ, PostgreSQL and the nodes …");
  const arena = await openArena(flags.stage, flags.nodes, flags.cluster);
  let interrupted = false;
  process.once("SIGINT", () => {
    interrupted = true;
    process.once("SIGINT", () => process.exit(130));
    progress("ending …");
  });
  const results: StoryResult[] = [];
  try {
    for (let number = 0; number < flags.stories && !interrupted; number++) {
      const fault = flags.faults[number % flags.faults.length] ?? "none";
      const result = await playStory(arena, fault, flags.seed + number * 2);
      results.push(result);
      if (isWrong(result)) keepTrace(flags, result);
      progress(`${number + 1} of ${flags.stories} stories, ${results.filter(isWrong).length} wrong`);
    }
  } finally {
    await arena.close();
  }
  progress("");
  if (results.length > 0) process.stdout.write(`${stormTable(flags.stage, results).join("\n")}\n`);
  const wrong = results.filter(isWrong);
  for (const { fault, seed } of wrong.slice(0, 10)) {
    process.stdout.write(
      chalk.dim(`  wrong: pnpm storm ${flags.stage} --faults ${fault} --stories 1 --seed ${seed}\n`),
    );
  }
  if (wrong.length > 0)
    process.stdout.write(chalk.dim(`  their traces: ${flags.traces} (pnpm sim --read FILE shows one)\n`));
  if (interrupted) return 130;
  return flags.stage === "v4" && wrong.length > 0 ? 1 : 0;
}

function keepTrace({ traces, stage }: Flags, { seed, fault, trace }: StoryResult): void {
  mkdirSync(traces, { recursive: true });
  writeFileSync(
    join(traces, `${stage}-${fault}-${seed}.jsonl`),
    trace.map((event) => `${JSON.stringify(event)}\n`).join(""),
  );
}

/** One line that overwrites itself; nothing when nobody looks. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
}

process.once("exit", killAll);
try {
  process.exitCode = await main();
} catch (error) {
  progress("");
  process.stderr.write(`${chalk.red("✗")} ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
process.exit();
