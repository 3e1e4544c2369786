/**
 * Can the simulator fail? Faults planted in the real workers, one at a time, and the first seed whose story notices each.
 *
 * A story notices a mutant when it breaks a law that the unchanged worker keeps in the same story. The seeds are kept, and
 * the gate plays them: no fault is found by luck.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type Shape, sketches, sketchOf, storyOf } from "../generate.ts";
import type { Broken, LawName } from "../laws.ts";
import { faultKinds } from "../plan.ts";
import { type Patch, plant } from "../planter/plant.ts";
import { runStory } from "../run.ts";
import { type Stage, stageOf } from "../stages.ts";
import { type Mutant, mutants } from "../variants/mutants.ts";
import type { Options } from "./options.ts";
import { workerSource } from "./worker-source.ts";

/** Stories with all kinds of faults. */
const SHAPE_OF_TROUBLE: Shape = {
  nodes: [2, 3],
  commands: [2, 4],
  steps: [2, 8],
  faults: [0, 2],
  kinds: faultKinds,
};

const SEEDS_TO_KEEP = 40_000;

const FOLDER = new URL("../../.cache/mutants/", import.meta.url);

/** The stage with the mutant as its worker. Throws when the patch does not fit the worker. */
export async function mutantStage(mutant: Patch): Promise<Stage> {
  const source = plant(workerSource(mutant.from), mutant);
  mkdirSync(FOLDER, { recursive: true });
  const file = new URL(`${mutant.from}-${mutant.name.replaceAll(/\W+/g, "-")}.ts`, FOLDER);
  writeFileSync(file, source);
  const { worker } = (await import(file.href)) as Pick<Stage, "worker">;
  return { ...stageOf(mutant.from), worker };
}

/** The seed that is kept for a mutant, and the law that its story breaks. */
export interface KeptMutant {
  readonly seed: number;
  readonly law: LawName;
}

/** By stage and name. */
export type KeptMutants = Readonly<Record<string, KeptMutant>>;

const FILE = new URL("../../mutants.json", import.meta.url);

export function readKeptMutants(): KeptMutants {
  return JSON.parse(readFileSync(FILE, "utf8"));
}

export const keyOf = ({ from, name }: Patch): string => `${from}: ${name}`;

async function playMutant(stage: Stage, { paceMs }: Mutant, seed: number): Promise<Broken> {
  const story = storyOf(sketchOf(sketches(SHAPE_OF_TROUBLE), seed));
  const nodes = story.nodes.map((node) => (paceMs === undefined ? node : { paceMs }));
  return (await runStory(stage, { ...story, nodes }, seed)).broken;
}

export interface Caught extends KeptMutant {
  readonly sentence: string;
}

/** The law that the mutant breaks with this seed and the unchanged worker keeps; undefined when there is none. */
export async function caughtBy(mutant: Mutant, changed: Stage, seed: number): Promise<Caught | undefined> {
  const broken = await playMutant(changed, mutant, seed);
  if (Object.keys(broken).length === 0) return undefined;
  const before = await playMutant(stageOf(mutant.from), mutant, seed);
  for (const [law, sentence] of Object.entries(broken) as [LawName, string][])
    if (!(law in before)) return { seed, law, sentence };
  return undefined;
}

/** The first seed that shows the mutant. */
export async function searchMutant(mutant: Mutant, seeds: number): Promise<Caught | undefined> {
  const changed = await mutantStage(mutant);
  for (let seed = 1; seed <= seeds; seed++) {
    const caught = await caughtBy(mutant, changed, seed);
    if (caught) return caught;
  }
  return undefined;
}

/** `pnpm sim --mutants`: plays the kept seeds; `--update` searches anew and keeps what it finds. */
export async function tellMutants(
  { seeds = SEEDS_TO_KEEP, update }: Pick<Options, "seeds" | "update">,
  write: (text: string) => void,
): Promise<void> {
  const kept = update ? {} : readKeptMutants();
  const found: Record<string, KeptMutant> = {};
  write("| stage | planted fault | seed | law | what was seen |\n| --- | --- | ---: | --- | --- |\n");
  for (const mutant of mutants) {
    const known = kept[keyOf(mutant)];
    const caught = known
      ? await caughtBy(mutant, await mutantStage(mutant), known.seed)
      : update && (await searchMutant(mutant, seeds));
    if (caught) found[keyOf(mutant)] = { seed: caught.seed, law: caught.law };
    else process.exitCode = 1;
    const { seed = `not in ${seeds}`, law = "", sentence = "" } = caught || {};
    write(`| ${mutant.from} | ${mutant.name} | ${seed} | ${law} | ${sentence} |\n`);
  }
  if (update) writeFileSync(FILE, `${JSON.stringify(found, null, 2)}\n`);
}
