/** The command line of the simulator: read and checked before anything is played. */
import { UsageError, type Values, wholeNumber } from "@shirts/command-line";
import type { Stage as StageName } from "@shirts/story";
import { SHAPE, type Shape } from "../generate.ts";
import { type LawName, lawsOf, type OwnLaws } from "../laws.ts";
import { type FaultKind, faultKinds } from "../plan.ts";
import { type Stage, stageOf, UnknownStageError } from "../stages.ts";
import { isOwn, type Own } from "./own.ts";

export const OPTIONS = {
  seed: { type: "string" },
  find: { type: "boolean", default: false },
  seeds: { type: "string" },
  resume: { type: "string" },
  all: { type: "boolean", default: false },
  table: { type: "boolean", default: false },
  locks: { type: "boolean", default: false },
  plain: { type: "boolean", default: false },
  kept: { type: "boolean", default: false },
  matrix: { type: "boolean", default: false },
  update: { type: "boolean", default: false },
  mutants: { type: "boolean", default: false },
  slips: { type: "boolean", default: false },
  speed: { type: "boolean", default: false },
  digest: { type: "boolean", default: false },
  read: { type: "string" },
  story: { type: "string" },
  schedule: { type: "string" },
  save: { type: "string" },
  nodes: { type: "string", default: "2" },
  people: { type: "string" },
  commands: { type: "string" },
  fault: { type: "string", multiple: true, default: [] as string[] },
  law: { type: "string" },
  worker: { type: "string" },
  base: { type: "string" },
  laws: { type: "string" },
  keep: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const USAGE = `The simulator: the unchanged workers under a virtual clock, a seeded network and faults.

  pnpm sim v2 --seed 42          play the story of one seed, the same every time
  pnpm sim v2 --find             try seeds until the last command loses, shrink that story, print it
  pnpm sim v1 --all              every interleaving of a small story: how many, how many wrong, the shortest wrong one
  pnpm sim --table               the same for all stages: without a fault, with a lost cancel, a crash, a pause
                                 (minutes; --kept shows what was counted last)
  pnpm sim --locks               what the fence's lock is worth: a step in several events (minutes; --kept)
  pnpm sim --plain               the same counts by a small state machine that runs no worker
  pnpm sim --matrix              stage × law × fault; --update searches again and keeps the seeds
  pnpm sim --mutants             faults planted in the workers, and the seed that finds each; --update searches again
  pnpm sim --slips               the talk's slips, each a stage to play; --update writes their workers again
  pnpm sim v3 fence --seeds 1000000   that many stories a stage; --resume FILE goes on where it was stopped
  pnpm sim v2 --story FILE       play a story that you wrote (JSON); --find --save FILE writes one
  pnpm sim --schedule FILE       play a schedule: which event comes next, each time (JSON; the page writes one)
  pnpm sim --worker FILE         judge a worker of your own (docs/your-worker.md): the first law that it breaks, and the
                                 smallest story that shows it; exit code 1. With --find, --seeds, --all, --matrix,
                                 --seed, --story as a stage
  pnpm sim --speed               stories per second
  pnpm sim --read FILE           draw a trace file (JSON lines), also one of real nodes; "-" is standard input

Stages: v1 v2 v3 v4, and between them: revision, fence, v3-fence, order, no-fence
  --nodes N      nodes (default 2)
  --people N     people per area, one per step (default: from the seed, 1 to 10; with --all 2)
  --commands N   commands (default: from the seed, 2 or 3; with --all 2)
  --fault KIND   ${faultKinds.slice(0, 5).join(", ")},
                 ${faultKinds.slice(5, 10).join(", ")},
                 ${faultKinds.slice(10).join(", ")}; may be repeated;
                 "several" is two or three of any kind
                 (with --find: a story that would be right without them)
  --law WORDS    only this law, by a part of its name: "last", "newer", "saves", "age",
                 "acked", "routine", "loop"
  --worker FILE  a TypeScript file, anywhere, that exports a worker; it is ended when it hangs
  --base STAGE   whose queues, cancels and fence it gets: v1, v2, v3 or v4 (default v4)
  --laws FILE    laws of your own beside these: a TypeScript file that exports laws
  --keep FILE    writes the trace of the story into this file, for pnpm theatre --trace FILE
  --json         trace events, one JSON object per line
  --help         this text
`;

type Flags = Values<typeof OPTIONS>;

export interface Options
  extends Omit<Flags, "seed" | "seeds" | "nodes" | "people" | "commands" | "fault" | "law" | "base"> {
  /** The first stage, and all of them. */
  readonly stage: Stage | undefined;
  readonly stages: readonly Stage[];
  readonly seed: number | undefined;
  readonly seeds: number | undefined;
  readonly nodes: number;
  readonly people: number | undefined;
  readonly commands: number | undefined;
  readonly faults: readonly FaultKind[];
  readonly law: LawName | undefined;
  readonly base: StageName | undefined;
  readonly ownLaws: OwnLaws | undefined;
  readonly shape: Shape;
}

const HOUSE: Own = { stage: undefined, laws: undefined };

/** What is about the house's stages alone. */
const OF_HOUSE = [
  "table",
  "locks",
  "plain",
  "mutants",
  "slips",
  "speed",
  "digest",
  "read",
  "schedule",
  "update",
] as const;

function checkOwnFlags(values: Flags, [stage]: readonly string[]): void {
  if (!isOwn(values)) return;
  const { worker } = values;
  if (worker !== undefined && stage !== undefined)
    throw new UsageError(
      `either a stage or --worker, not ${stage} and ${worker}. Its topology is --base ${stage}.`,
    );
  const foreign = OF_HOUSE.find((flag) => values[flag]);
  const flag = worker === undefined ? "--laws" : "--worker";
  if (foreign)
    throw new UsageError(
      `${flag} does not go with --${foreign}. It goes with --find, --seeds, --all, --matrix, --seed and --story.`,
    );
  if (values.matrix && worker === undefined) throw new UsageError("with --matrix, --laws needs --worker.");
}

/** Throws UsageError. */
export function readOptions(values: Flags, positionals: readonly string[], own: Own = HOUSE): Options {
  checkOwnFlags(values, positionals);
  if (positionals.length > 1 && values.seeds === undefined && !values.table)
    throw new UsageError(`one stage at a time, not ${positionals.join(" and ")}. --help lists the flags.`);
  const whole = (flag: "seed" | "seeds" | "people" | "commands" | "nodes", min: number, max: number) =>
    values[flag] === undefined ? undefined : wholeNumber(`--${flag}`, values[flag], min, max);
  const nodes = whole("nodes", 1, 9) ?? 2;
  const people = whole("people", 1, 100);
  const commands = whole("commands", 1, 9);
  const { laws } = own;
  const stages = own.stage
    ? [own.stage]
    : positionals.map((name) => ({ ...toStage(name), ...(laws && { laws, isOwn: true }) }));
  const isSeveral = values.fault.includes("several");
  const faults = isSeveral ? faultKinds : values.fault.map(toFault);
  const shape: Shape = {
    nodes: [nodes, nodes],
    commands: commands ? [commands, commands] : SHAPE.commands,
    steps: people ? [people, people] : SHAPE.steps,
    faults: isSeveral ? [2, 3] : [faults.length, faults.length],
    kinds: faults,
  };
  return {
    ...values,
    stage: stages[0],
    stages,
    seed: whole("seed", 0, 2 ** 32 - 1),
    seeds: whole("seeds", 1, 2 ** 32 - 1),
    nodes,
    people,
    commands,
    faults,
    law: toLaw(values.law, lawsOf(own.stage ?? { ...(laws && { laws }) })),
    base: values.base as StageName | undefined,
    ownLaws: laws,
    shape,
  };
}

function toFault(text: string): FaultKind {
  const kind = faultKinds.find((one) => one === text);
  if (kind) return kind;
  throw new UsageError(`there is no fault "${text}"; there are ${faultKinds.join(", ")}.`);
}

function toLaw(text: string | undefined, laws: readonly LawName[]): LawName | undefined {
  if (text === undefined) return undefined;
  const law = laws.find((name) => name.includes(text));
  if (law) return law;
  throw new UsageError(`no law is called "${text}"; the laws are: ${laws.join("; ")}.`);
}

function toStage(name: string): Stage {
  try {
    return stageOf(name);
  } catch (error) {
    if (error instanceof UnknownStageError) throw new UsageError(`${error.message}.`);
    throw error;
  }
}
