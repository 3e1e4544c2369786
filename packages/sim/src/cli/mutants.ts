/**
 * Can the simulator fail? Faults planted in the real workers, one at a time, and how many seeds it took to notice each.
 *
 * A mutant is the worker's own source with one piece of text replaced. It is found by the first story in which it breaks a law
 * that the unchanged worker keeps in the same story.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { runSeed } from "../find.ts";
import type { Shape } from "../generate.ts";
import type { LawName } from "../laws.ts";
import { faultKinds } from "../plan.ts";
import { type Stage, stageOf } from "../stages.ts";

export interface Mutant {
  readonly name: string;
  readonly stage: string;
  /** Text of the worker that stands there exactly once, and what takes its place. */
  readonly from: string;
  readonly to: string;
}

export const mutants: readonly Mutant[] = [
  { name: "the job is never acked", stage: "v1", from: "  job.ack();\n", to: "" },
  {
    name: "the job is acked before the work",
    stage: "v1",
    from: "    await dowork(job, tools);",
    to: "    job.ack();\n    await dowork({ ...job, ack() {} }, tools);",
  },
  { name: "the last step is left out", stage: "v1", from: "step < steps;", to: "step < steps - 1;" },
  {
    name: "a cancel is compared by the wrong field",
    stage: "v2",
    from: "cancel.consumerId === consumerId ||",
    to: "cancel.area === consumerId ||",
  },
  {
    name: "the end of a routine is not noticed",
    stage: "v2",
    from: "        running = undefined;\n",
    to: "",
  },
  {
    name: "a second cancel closes the stop again",
    stage: "v2",
    from: "if (!running.stop.tryRecv()) running",
    to: "running",
  },
  {
    name: "the stop is ignored",
    stage: "v3",
    from: "if (trySelect({ stop: receiving(stop) })) {",
    to: "if (steps < 0) {",
  },
  { name: "nobody is told to stop", stage: "v3", from: "    broadcast({ area, consumerId });\n", to: "" },
  {
    name: "the entry is deleted by area only",
    stage: "v3",
    from: "if (running.get(area) === routine) running",
    to: "running",
  },
  {
    name: "a stopped routine stays in the map",
    stage: "v3",
    from: "    running.delete(cancel.area);\n",
    to: "",
  },
  {
    name: "a stopped job is not acked",
    stage: "v3",
    from: "      break;\n    }\n    await paint",
    to: "      return;\n    }\n    await paint",
  },
  {
    name: "a cancel stops its own command",
    stage: "v4",
    from: "routine.job.command.revision >= revision",
    to: "routine.job.command.revision > revision",
  },
  {
    name: "a superseded job is not acked",
    stage: "v4",
    from: "      job.ack();\n      return;",
    to: "      return;",
  },
  {
    name: "an older job counts as newer",
    stage: "v4",
    from: "revision < (newest.get(area) ?? 0)",
    to: "revision < 0",
  },
  {
    name: "a second delivery is dropped as superseded, unacked",
    stage: "v4",
    from: "if (revision < (newest.get(area) ?? 0)) {",
    to: "if (revision === newest.get(area)) return;\n    if (revision < (newest.get(area) ?? 0)) {",
  },
  { name: "a job that is done is not acked", stage: "v4", from: "  job.ack();\n  // A", to: "  // A" },
  {
    name: "done is never sent",
    stage: "v4",
    from: "{ stop: receiving(stop), done: sending(done, routine) }",
    to: "{ stop: receiving(stop), done: steps < 0 && sending(done, routine) }",
  },
];

/** Stories with all kinds of trouble. */
const SHAPE_OF_TROUBLE: Shape = {
  nodes: [2, 3],
  commands: [2, 4],
  steps: [2, 8],
  faults: [0, 2],
  kinds: faultKinds,
};

const FOLDER = new URL("../../.mutants/", import.meta.url);

/** The stage with the mutant as its worker. Throws when the text does not stand in the worker exactly once. */
export async function plant(mutant: Mutant): Promise<Stage> {
  const { name, stage, from, to } = mutant;
  const source = readFileSync(new URL(`../../../${stage}/src/worker.ts`, import.meta.url), "utf8").replace(
    /^ *\/\/ #.*\n/gm,
    "",
  );
  const parts = source.split(from);
  if (parts.length !== 2)
    throw new Error(
      `mutant "${name}": its text stands ${parts.length - 1} times in ${stage}'s worker, not once`,
    );
  mkdirSync(FOLDER, { recursive: true });
  const file = new URL(`${stage}-${name.replaceAll(/\W+/g, "-")}.ts`, FOLDER);
  writeFileSync(file, parts.join(to));
  const { worker } = (await import(file.href)) as Pick<Stage, "worker">;
  return { ...stageOf(stage), worker };
}

export interface Caught {
  readonly mutant: Mutant;
  /** The first seed that shows it, counted from 1; undefined when none did. */
  readonly seed: number | undefined;
  readonly law: LawName | undefined;
  readonly sentence: string | undefined;
}

/** Tries seeds until the mutant breaks a law that the unchanged worker keeps. */
export async function catchMutant(mutant: Mutant, seeds: number): Promise<Caught> {
  const original = stageOf(mutant.stage);
  const changed = await plant(mutant);
  for (let seed = 1; seed <= seeds; seed++) {
    const { outcome } = await runSeed(changed, SHAPE_OF_TROUBLE, seed);
    if (Object.keys(outcome.broken).length === 0) continue;
    const { outcome: before } = await runSeed(original, SHAPE_OF_TROUBLE, seed);
    for (const [law, sentence] of Object.entries(outcome.broken) as [LawName, string][])
      if (!(law in before.broken)) return { mutant, seed, law, sentence };
  }
  return { mutant, seed: undefined, law: undefined, sentence: undefined };
}

/** `pnpm sim --mutants` */
export async function tellMutants(seeds: number, write: (text: string) => void): Promise<void> {
  write("| stage | planted fault | seeds | law | what was seen |\n| --- | --- | ---: | --- | --- |\n");
  for (const mutant of mutants) {
    const { seed, law, sentence } = await catchMutant(mutant, seeds);
    write(
      `| ${mutant.stage} | ${mutant.name} | ${seed ?? `not in ${seeds}`} | ${law ?? ""} | ${sentence ?? ""} |\n`,
    );
    if (seed === undefined) process.exitCode = 1;
  }
}
