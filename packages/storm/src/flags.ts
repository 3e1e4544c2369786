/** The storm's flags, checked before anything is started. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stageOf } from "@shirts/cluster";
import { checkOwn, fromHere, shortly, UsageError, type Values, wholeNumber } from "@shirts/command-line";
import { type Stage, stages } from "@shirts/story";
import { type FaultName, faultNames, isFault } from "./faults/index.ts";

export const USAGE = `A fault storm: real node processes on a RabbitMQ and a PostgreSQL of the storm's own, with one fault in each story.

  pnpm storm STAGE [--faults A,B] [--stories N] [--seed N] [--nodes N] [--cluster] [--traces FOLDER]
                   [--record FILE [--title NAME]]
  pnpm storm --worker FILE [--base STAGE] …

  STAGE      ${stages.join(", ")}
  --worker   a worker of your own: a TypeScript file, anywhere, in the place of the stage's worker.ts
  --base     whose queues, cancels and fence it gets (default v4)
  --faults   all, or some of: ${faultNames.join(", ")}
  --stories  how many stories (default 50)
  --seed     where random choices begin (default 1); the same seed gives the same commands and faults
  --nodes    node processes (default 2)
  --cluster  three RabbitMQ nodes in a cluster instead of one
  --traces   where the traces of wrong stories go (default: a new temporary folder)
  --record   a Markdown file: the run writes its table there, in place of the one with the same title
  --title    the title of that table (default: the stage)

It needs RabbitMQ and PostgreSQL installed on this machine, and touches no other server.
A wrong story in v1 to v3 is what you came for; in v4 it is an error (exit code 1).
`;

export const OPTIONS = {
  faults: { type: "string", default: "all" },
  stories: { type: "string", default: "50" },
  seed: { type: "string", default: "1" },
  nodes: { type: "string", default: "2" },
  cluster: { type: "boolean", default: false },
  traces: { type: "string" },
  record: { type: "string" },
  title: { type: "string" },
  worker: { type: "string" },
  base: { type: "string" },
} as const;

export interface Flags {
  readonly stage: Stage;
  /** The whole path of a file in the place of the stage's worker.ts. */
  readonly worker: string | undefined;
  readonly faults: readonly FaultName[];
  readonly stories: number;
  readonly seed: number;
  readonly nodes: number;
  readonly cluster: boolean;
  readonly traces: string;
  /** The Markdown file that gets the table; undefined: none does. */
  readonly record: string | undefined;
  readonly title: string;
}

/** Throws UsageError. */
export function readFlags(values: Values<typeof OPTIONS>, words: readonly string[]): Flags {
  const worker = readWorker(values, words);
  const [stage, ...others] = worker === undefined ? words : [values.base ?? "v4"];
  if (stage === undefined || others.length > 0)
    throw new UsageError(`Which stage? One of ${stages.join(", ")}. --help says more.`);
  return {
    stage: stageOf(stage),
    worker,
    faults: values.faults === "all" ? faultNames : values.faults.split(",").map(faultOf),
    stories: wholeNumber("--stories", values.stories, 1, 1_000_000),
    seed: wholeNumber("--seed", values.seed, 0, 2 ** 31),
    nodes: wholeNumber("--nodes", values.nodes, 1, 8),
    cluster: values.cluster,
    traces: values.traces ?? join(tmpdir(), `storm-${stage}-${values.seed}`),
    record: values.record,
    title: values.title ?? (worker === undefined ? stage : shortly(worker)),
  };
}

function readWorker(
  { worker, base }: Values<typeof OPTIONS>,
  [stage]: readonly string[],
): string | undefined {
  if (worker === undefined) {
    if (base !== undefined) throw new UsageError("--base belongs to --worker.");
    return undefined;
  }
  if (stage !== undefined)
    throw new UsageError(`Either a stage or --worker. Its topology is --base ${stage}.`);
  const file = fromHere(worker);
  checkOwn("--worker", file);
  return file;
}

/** What a storm is of, as a reader types it. */
export function subjectOf({ stage, worker }: Pick<Flags, "stage" | "worker">): string {
  if (worker === undefined) return stage;
  return `--worker ${quoted(shortly(worker))}${stage === "v4" ? "" : ` --base ${stage}`}`;
}

/** As a shell takes it for one word. */
export function quoted(file: string): string {
  return /^[\w./\\:-]+$/.test(file) ? file : JSON.stringify(file);
}

/** The command that plays this storm again: only what shapes its stories. */
export function commandOf({ stage, worker, faults, stories, seed, nodes, cluster }: Flags): string {
  return [
    `pnpm storm ${subjectOf({ stage, worker })}`,
    faults === faultNames ? "" : `--faults ${faults.join(",")}`,
    `--stories ${stories} --seed ${seed}`,
    nodes === 2 ? "" : `--nodes ${nodes}`,
    cluster ? "--cluster" : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function faultOf(text: string): FaultName {
  if (isFault(text)) return text;
  throw new UsageError(`There is no fault "${text}". Faults: all, ${faultNames.join(", ")}.`);
}
