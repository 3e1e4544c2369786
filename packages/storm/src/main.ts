/** `pnpm storm v4 --faults all --stories 50 --seed 7`: many short stories on real servers, with a fault in each. */
import { mkdirSync, writeFileSync } from "node:fs";
import { withAdvice } from "@shirts/cluster/advice";
import { brokerName, tableName, worksWith } from "@shirts/cluster/names";
import { killAll } from "@shirts/cluster/processes";
import { program } from "@shirts/command-line";
import { postgresVersion } from "@shirts/servers";
import chalk from "chalk";
import { type Arena, openArena } from "./arena.ts";
import { commandOf, type Flags, OPTIONS, readFlags, USAGE } from "./flags.ts";
import { record } from "./record.ts";
import { isWrong, playStory, type StoryResult } from "./story.ts";
import { stormRows, stormTable } from "./table.ts";
import { traceFile, wrongLines } from "./wrong-stories.ts";

const NAME = "storm";
const INTERRUPTED = 130;

async function playAll(flags: Flags): Promise<number> {
  progress("starting RabbitMQ, PostgreSQL and the nodes …");
  const signal = interruption();
  const arena = await openArena(flags.stage, {
    nodes: flags.nodes,
    inCluster: flags.cluster,
    worker: flags.worker,
    signal,
  }).catch((error) => {
    if (!signal.aborted) throw error;
  });
  if (!arena) return INTERRUPTED;
  progress("");
  process.stderr.write(
    `${worksWith(NAME, brokerName(arena.rabbit.server), tableName(arena.table.server))}\n`,
  );
  const results: StoryResult[] = [];
  let versions: string[] = [];
  let failure: unknown;
  try {
    if (flags.record !== undefined) versions = await versionsOf(arena);
    for (let number = 0; number < flags.stories && !signal.aborted; number++) {
      const fault = flags.faults[number % flags.faults.length] ?? "none";
      const result = await playStory(arena, fault, flags.seed + number * 2, signal);
      if (signal.aborted) break;
      results.push(result);
      if (isWrong(result)) keepTrace(flags, result);
      progress(`${number + 1} of ${flags.stories} stories, ${results.filter(isWrong).length} wrong`);
    }
  } catch (error) {
    // Ctrl-C in a terminal reaches the node processes as well, and a story misses them.
    if (!signal.aborted) failure = error;
  } finally {
    await arena.close();
  }
  progress("");
  if (results.length > 0) {
    const subject = flags.worker === undefined ? flags.stage : flags.title;
    process.stdout.write(`${stormTable(subject, results).join("\n")}\n`);
    keepTable(flags, results, versions);
  }
  const wrong = results.filter(isWrong);
  for (const line of wrongLines(flags, wrong)) process.stdout.write(chalk.dim(`${line}\n`));
  // What was played before is told and kept, and then what ended the storm.
  if (failure !== undefined) throw failure;
  if (signal.aborted) return INTERRUPTED;
  return flags.stage === "v4" && wrong.length > 0 ? 1 : 0;
}

/** Aborted by the first signal, so that all can end in order. A second one ends the process, and its exit kills the rest. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(INTERRUPTED);
      progress("ending …");
      controller.abort();
    });
  }
  return controller.signal;
}

function keepTrace(flags: Flags, result: StoryResult): void {
  mkdirSync(flags.traces, { recursive: true });
  writeFileSync(traceFile(flags, result), result.trace.map((event) => `${JSON.stringify(event)}\n`).join(""));
}

async function versionsOf({ broker }: Arena): Promise<string[]> {
  const [rabbitMq, postgres] = await Promise.all([broker.ctl("version"), postgresVersion()]);
  return [`Node ${process.versions.node}`, `RabbitMQ ${rabbitMq.trim()}`, `PostgreSQL ${postgres}`];
}

/** Also after Ctrl-C: what was finished is true, and the recording says that it is not all. */
function keepTable(flags: Flags, results: readonly StoryResult[], versions: readonly string[]): void {
  if (flags.record === undefined) return;
  record(flags.record, {
    title: flags.title,
    rows: stormRows(flags.title, results),
    command: commandOf(flags),
    finished: results.length,
    planned: flags.stories,
    versions,
    date: new Date(),
  });
  process.stdout.write(
    chalk.dim(`  recorded in ${flags.record}: ${results.length} of ${flags.stories} stories\n`),
  );
}

const QUIET_MS = 30_000;
let saidAtMs = Number.NEGATIVE_INFINITY;

/** One line that overwrites itself; where it cannot, in a file or in CI, a line of its own twice a minute. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
  else if (text !== "" && performance.now() - saidAtMs > QUIET_MS) {
    saidAtMs = performance.now();
    process.stderr.write(`${text}\n`);
  }
}

process.once("exit", killAll);
await program({
  name: NAME,
  usage: USAGE,
  options: OPTIONS,
  positionals: "words",
  explain: withAdvice,
  async main(values, words) {
    try {
      return await playAll(readFlags(values, words));
    } finally {
      progress("");
    }
  },
});
