/** The command line of the simulator: read and checked before anything is played. */
import { UsageError, type Values, wholeNumber } from "@shirts/command-line";
import { SHAPE, type Shape } from "../generate.ts";
import { type LawName, lawNames } from "../laws.ts";
import { type FaultKind, faultKinds } from "../plan.ts";
import { type Stage, stageOf, UnknownStageError } from "../stages.ts";

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
  --json         trace events, one JSON object per line
  --help         this text
`;

type Flags = Values<typeof OPTIONS>;

export interface Options
  extends Omit<Flags, "seed" | "seeds" | "nodes" | "people" | "commands" | "fault" | "law"> {
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
  readonly shape: Shape;
}

/** Throws UsageError. */
export function readOptions(values: Flags, positionals: readonly string[]): Options {
  if (positionals.length > 1 && values.seeds === undefined && !values.table)
    throw new UsageError(`one stage at a time, not ${positionals.join(" and ")}. --help lists the flags.`);
  const whole = (flag: "seed" | "seeds" | "people" | "commands" | "nodes", min: number, max: number) =>
    values[flag] === undefined ? undefined : wholeNumber(`--${flag}`, values[flag], min, max);
  const nodes = whole("nodes", 1, 9) ?? 2;
  const people = whole("people", 1, 100);
  const commands = whole("commands", 1, 9);
  const stages = positionals.map(toStage);
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
    law: toLaw(values.law),
    shape,
  };
}

function toFault(text: string): FaultKind {
  const kind = faultKinds.find((one) => one === text);
  if (kind) return kind;
  throw new UsageError(`there is no fault "${text}"; there are ${faultKinds.join(", ")}.`);
}

function toLaw(text: string | undefined): LawName | undefined {
  if (text === undefined) return undefined;
  const law = lawNames.find((name) => name.includes(text));
  if (law) return law;
  throw new UsageError(`no law is called "${text}"; the laws are: ${lawNames.join("; ")}.`);
}

function toStage(name: string): Stage {
  try {
    return stageOf(name);
  } catch (error) {
    if (error instanceof UnknownStageError) throw new UsageError(`${error.message}.`);
    throw error;
  }
}
