/**
 * Can the simulator fail? Faults planted in the real workers, one at a time, and how many seeds it took to notice each.
 *
 * A mutant is noticed by the first story in which it breaks a law that the unchanged worker keeps in the same story.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { runSeed } from "../find.ts";
import type { Shape } from "../generate.ts";
import type { LawName } from "../laws.ts";
import { faultKinds } from "../plan.ts";
import { type Patch, plant } from "../planter/plant.ts";
import { type Stage, stageOf } from "../stages.ts";
import { mutants } from "../variants/mutants.ts";
import { workerSource } from "./worker-source.ts";

/** Stories with all kinds of faults. */
const SHAPE_OF_TROUBLE: Shape = {
  nodes: [2, 3],
  commands: [2, 4],
  steps: [2, 8],
  faults: [0, 2],
  kinds: faultKinds,
};

const FOLDER = new URL("../../.cache/mutants/", import.meta.url);

/** The stage with the mutant as its worker. Throws when the patch does not fit the worker. */
async function mutantStage(mutant: Patch): Promise<Stage> {
  const source = plant(workerSource(mutant.from), mutant);
  mkdirSync(FOLDER, { recursive: true });
  const file = new URL(`${mutant.from}-${mutant.name.replaceAll(/\W+/g, "-")}.ts`, FOLDER);
  writeFileSync(file, source);
  const { worker } = (await import(file.href)) as Pick<Stage, "worker">;
  return { ...stageOf(mutant.from), worker };
}

export interface Caught {
  readonly mutant: Patch;
  /** The first seed that shows it, counted from 1; undefined when none did. */
  readonly seed: number | undefined;
  readonly law: LawName | undefined;
  readonly sentence: string | undefined;
}

/** Tries seeds until the mutant breaks a law that the unchanged worker keeps. */
export async function catchMutant(mutant: Patch, seeds: number): Promise<Caught> {
  const original = stageOf(mutant.from);
  const changed = await mutantStage(mutant);
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
      `| ${mutant.from} | ${mutant.name} | ${seed ?? `not in ${seeds}`} | ${law ?? ""} | ${sentence ?? ""} |\n`,
    );
    if (seed === undefined) process.exitCode = 1;
  }
}
