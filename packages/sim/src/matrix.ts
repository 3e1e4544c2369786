/**
 * The laws in one matrix: stage × law × fault. A green cell must hold for every seed that is tried. A red cell has a kept seed
 * that breaks the law, and that seed is replayed. A cell that is neither is an error: a stage or the simulator has changed.
 */
import { runSeed } from "./find.ts";
import { SHAPE, type Shape } from "./generate.ts";
import { type LawName, lawNames } from "./laws.ts";
import { type FaultKind, faultKinds } from "./plan.ts";
import { type Stage, stageOf } from "./stages.ts";

export interface MatrixRow {
  /** "v1 ×2": the stage and how many nodes it has. */
  readonly name: string;
  readonly stage: Stage;
  readonly nodes: number;
}

export const rowOf = (stage: Stage, nodes: number): MatrixRow => ({
  name: `${stage.name} ×${nodes}`,
  stage,
  nodes,
});
const row = (stage: string, nodes: number) => rowOf(stageOf(stage), nodes);

export const matrixRows: readonly MatrixRow[] = [
  row("v1", 1),
  row("v1", 2),
  row("v2", 2),
  row("v3", 2),
  row("revision", 2),
  row("fence", 2),
  row("v3-fence", 2),
  row("order", 2),
  row("no-fence", 2),
  row("v4", 2),
  row("v4", 3),
];

/** No fault, one fault of a kind, and two or three of any kinds. */
export const matrixFaults = ["none", ...faultKinds, "several"] as const;
export type MatrixFault = (typeof matrixFaults)[number];

/** By row, fault and law: a seed that breaks the law. Where there is none, the law holds. */
export type KeptSeeds = Readonly<
  Record<string, Readonly<Record<string, Readonly<Partial<Record<LawName, number>>>>>>
>;

const shapes = new Map<string, Shape>();

/** The stories of one cell. */
function shapeOf({ nodes }: MatrixRow, fault: MatrixFault): Shape {
  const name = `${nodes} ${fault}`;
  let shape = shapes.get(name);
  if (!shape) {
    const kinds: readonly FaultKind[] = fault === "none" ? [] : fault === "several" ? faultKinds : [fault];
    const faults =
      fault === "none" ? ([0, 0] as const) : fault === "several" ? ([2, 3] as const) : ([1, 1] as const);
    shape = { ...SHAPE, nodes: [nodes, nodes], faults, kinds };
    shapes.set(name, shape);
  }
  return shape;
}

export interface Cell {
  /** By law, the first seed that broke it. */
  readonly broken: Readonly<Partial<Record<LawName, number>>>;
  /** One sentence per law whose result differs from what was kept. */
  readonly surprises: readonly string[];
  readonly seeds: number;
}

/** Tries the seeds 1 to `seeds`, and replays the kept ones. */
export async function runCell(
  row: MatrixRow,
  fault: MatrixFault,
  seeds: number,
  kept?: KeptSeeds,
): Promise<Cell> {
  const shape = shapeOf(row, fault);
  const broken: Partial<Record<LawName, number>> = {};
  const surprises: string[] = [];
  const known = kept?.[row.name]?.[fault] ?? {};
  const replay = (law: LawName, seed: number) =>
    `pnpm sim ${row.stage.name} ${flags(row, fault)} --seed ${seed}: "${law}"`;

  for (const [law, seed] of Object.entries(known) as [LawName, number][]) {
    const { outcome } = await runSeed(row.stage, shape, seed);
    if (law in outcome.broken) broken[law] = seed;
    else surprises.push(`${replay(law, seed)} held, and it is kept as a seed that breaks it`);
  }
  for (let seed = 1; seed <= seeds; seed++) {
    const { outcome } = await runSeed(row.stage, shape, seed);
    for (const [law, sentence] of Object.entries(outcome.broken) as [LawName, string][]) {
      if (law in broken) continue;
      broken[law] = seed;
      if (kept && !(law in known))
        surprises.push(`${replay(law, seed)} was broken (${sentence}), and it is kept as a law that holds`);
    }
  }
  return { broken, surprises, seeds };
}

function flags({ nodes }: MatrixRow, fault: MatrixFault): string {
  return `--nodes ${nodes}${fault === "none" ? "" : ` --fault ${fault}`}`;
}

/** By row name, then by fault. */
export type Matrix = ReadonlyMap<string, ReadonlyMap<MatrixFault, Cell>>;

/** Runs every cell. */
export async function runMatrix(
  seeds: number,
  kept?: KeptSeeds,
  onCell?: (row: string, fault: MatrixFault) => void,
  rows: readonly MatrixRow[] = matrixRows,
): Promise<Matrix> {
  const matrix = new Map<string, Map<MatrixFault, Cell>>();
  for (const row of rows) {
    const cells = new Map<MatrixFault, Cell>();
    matrix.set(row.name, cells);
    for (const fault of matrixFaults) {
      onCell?.(row.name, fault);
      cells.set(fault, await runCell(row, fault, seeds, kept));
    }
  }
  return matrix;
}

/** The seeds to keep of a matrix. */
export function keep(matrix: Matrix): KeptSeeds {
  const seeds: Record<string, Record<string, Partial<Record<LawName, number>>>> = {};
  for (const [name, cells] of matrix)
    for (const [fault, { broken }] of cells) {
      if (Object.keys(broken).length === 0) continue;
      seeds[name] = { ...seeds[name], [fault]: inOrder(broken) };
    }
  return seeds;
}

function inOrder(broken: Cell["broken"]): Partial<Record<LawName, number>> {
  return Object.fromEntries(
    lawNames.flatMap((law) => (broken[law] === undefined ? [] : [[law, broken[law]]])),
  );
}

/** The matrix as Markdown, a table per law: the seed that breaks the law, or a tick. */
export function matrixText(matrix: Matrix, only?: LawName, laws: readonly LawName[] = lawNames): string {
  return (only ? [only] : laws).map((law) => lawText(law, matrix)).join("\n");
}

function lawText(law: LawName, matrix: Matrix): string {
  const isGreen = [...matrix.values()].every((cells) =>
    [...cells.values()].every(({ broken }) => !(law in broken)),
  );
  if (isGreen) return `**${law}**: ✓ in every stage and under every fault.\n`;
  const head = `| **${law}** | ${matrixFaults.join(" | ")} |\n| --- |${" --- |".repeat(matrixFaults.length)}\n`;
  const lines = [...matrix].map(([name, cells]) => {
    const marks = matrixFaults.map((fault) => {
      const seed = cells.get(fault)?.broken[law];
      return seed === undefined ? "✓" : `✗ ${seed}`;
    });
    return `| ${name} | ${marks.join(" | ")} |\n`;
  });
  return head + lines.join("");
}
