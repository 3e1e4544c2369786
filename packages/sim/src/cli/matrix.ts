/** `pnpm sim --matrix`: the matrix with its kept seeds; `--update` searches anew and keeps what it finds. */
import { readFileSync, writeFileSync } from "node:fs";
import chalk from "chalk";
import { lawsOf } from "../laws.ts";
import { type KeptSeeds, keep, type Matrix, matrixText, rowOf, runMatrix } from "../matrix.ts";
import { type Stage, stageOf } from "../stages.ts";
import type { Options } from "./options.ts";

const FILE = new URL("../../seeds.json", import.meta.url);
const SEEDS = 100;
/** A new search looks deeper than a check, so that a green cell holds for more seeds than a check tries. */
const SEEDS_TO_KEEP = 3000;

export function readKeptSeeds(): KeptSeeds {
  return JSON.parse(readFileSync(FILE, "utf8"));
}

function surprisesOf(matrix: Matrix): string[] {
  return [...matrix.values()].flatMap((cells) => [...cells.values()].flatMap(({ surprises }) => surprises));
}

/** `pnpm sim --worker FILE --matrix`: beside the stage that it takes after. No seed of it is kept. */
export async function tellOwnMatrix(
  stage: Stage,
  { base = "v4", seeds = SEEDS, law }: Options,
  write: (text: string) => void,
): Promise<void> {
  const rows = [2, 3].flatMap((nodes) => [rowOf(stage, nodes), rowOf(stageOf(base), nodes)]);
  const matrix = await runMatrix(seeds, undefined, undefined, rows);
  write(`✓ held for the seeds 1 to ${seeds}; ✗ and a seed that breaks the law.\n\n`);
  write(matrixText(matrix, law, lawsOf(stage)));
}

export async function tellMatrix(options: Options, write: (text: string) => void): Promise<void> {
  const seeds = options.seeds ?? (options.update ? SEEDS_TO_KEEP : SEEDS);
  const isTerminal = process.stderr.isTTY;
  const matrix = await runMatrix(seeds, options.update ? undefined : readKeptSeeds(), (row, fault) => {
    if (isTerminal) process.stderr.write(`\r\x1b[K${row}, ${fault}`);
  });
  if (isTerminal) process.stderr.write("\r\x1b[K");
  if (options.update) writeFileSync(FILE, `${JSON.stringify(keep(matrix), null, 2)}\n`);
  write(
    `✓ held for the seeds 1 to ${seeds}; ✗ and a seed that breaks the law.\n\n${matrixText(matrix, options.law)}`,
  );
  for (const surprise of surprisesOf(matrix)) {
    write(chalk.red(`\n${surprise}`));
    process.exitCode = 1;
  }
}
