/** `pnpm sim --digest`: a hash of many traces per stage. It must be the same in every engine, or a seed means nothing. */
import { createHash } from "node:crypto";
import { runSeed } from "../find.ts";
import type { Shape } from "../generate.ts";
import { faultKinds } from "../plan.ts";
import { stages } from "../stages.ts";
import { jsonLines } from "./json-lines.ts";

const SHAPE_OF_ALL: Shape = {
  nodes: [1, 4],
  commands: [1, 4],
  steps: [1, 10],
  faults: [0, 3],
  kinds: faultKinds,
};
const SEEDS = 40;

/** One line per stage. */
export async function digest(): Promise<string> {
  const lines: string[] = [];
  for (const stage of stages) {
    const sum = createHash("sha256");
    for (let seed = 1; seed <= SEEDS; seed++)
      sum.update(jsonLines((await runSeed(stage, SHAPE_OF_ALL, seed)).outcome.trace));
    lines.push(`${stage.name} ${sum.digest("hex")}\n`);
  }
  return lines.join("");
}
