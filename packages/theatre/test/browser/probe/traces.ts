/** What is compared between Node and the browser: both run this file. */
import { faultKinds, runSeed, SHAPE, type Shape, stageOf } from "@shirts/sim";

/** Stories with each kind of fault, and none. */
const TROUBLE: Shape = {
  nodes: [1, 3],
  commands: [2, 3],
  steps: [1, 8],
  faults: [0, 3],
  kinds: faultKinds,
};

/** The traces of the seeds from 1, each as the simulator's `--json` writes it. */
export async function traces(stage: string, seeds: number): Promise<string[]> {
  const texts: string[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const { outcome } = await runSeed(stageOf(stage), TROUBLE, seed);
    texts.push(outcome.trace.map((event) => `${JSON.stringify(event)}\n`).join(""));
  }
  return texts;
}

const TEN: Shape = { ...SHAPE, steps: [10, 10], commands: [2, 2] };

/** Plays so many stories of two nodes, two commands and ten steps. */
export async function playTen(stage: string, stories: number): Promise<void> {
  for (let seed = 1; seed <= stories; seed++) await runSeed(stageOf(stage), TEN, seed);
}
