/**
 * The stages v1, v2, ...: a stage's worker.ts differs from the one before only in the regions that its stage.json names.
 *
 *     { "from": "v2", "regions": ["routine", "job"], "linesMax": 60 }
 *
 * Each named region is replaced by its name in both files; what remains must be the same line by line. So a fix in v1
 * must reach the later stages, and a clean-up cannot hide in a lesson. The top of a file, to the end of its imports, is
 * each stage's own: its comment tells the stage, and the imports follow from the rest.
 */
import { z } from "zod";
import { packages } from "./packages.ts";
import type { Problem } from "./problem.ts";
import { markerOf, readSource } from "./regions.ts";
import { changes } from "./show.ts";
import { has, linesOf, read } from "./tree.ts";

export interface Stage {
  readonly name: string;
  readonly file: string;
  readonly worker: string;
  /** `undefined` for the first stage. */
  readonly from: string | undefined;
  readonly regions: readonly string[];
  /** A smell alarm for the size of the diff, in added and removed lines. */
  readonly linesMax: number;
}

const StageFile = z.strictObject({
  from: z.string(),
  regions: z.array(z.string()),
  linesMax: z.int().positive(),
});

/** All stages in order of their names. */
export function readStages(root: string): Stage[] {
  return packages(root)
    .filter((it) => /^v\d+$/.test(it.short))
    .map(({ short, folder }) => {
      const file = `${folder}/stage.json`;
      const stage = has(root, file) ? StageFile.parse(JSON.parse(read(root, file))) : undefined;
      return {
        name: short,
        file,
        worker: workerOf(short),
        from: stage?.from,
        regions: stage?.regions ?? [],
        linesMax: stage?.linesMax ?? 0,
      };
    });
}

/** `path#region` of all regions that a stage.json names, in the worker of the stage and in the one before it. */
export function stageRegions(root: string): Set<string> {
  return new Set(
    readStages(root).flatMap(({ worker, from, regions }) =>
      regions.flatMap((name) => [
        `${worker}#${name}`,
        ...(from === undefined ? [] : [`${workerOf(from)}#${name}`]),
      ]),
    ),
  );
}

/** How many lines the stage adds to the one before or takes from it. */
export function changedLines(root: string, stage: Stage): number {
  if (stage.from === undefined) return 0;
  const [before, after] = [workerOf(stage.from), stage.worker].map(
    (file) => readSource(file, read(root, file)).lines,
  );
  return changes(before ?? [], after ?? []).filter((line) => /^[+-]/.test(line)).length;
}

/** What is wrong between a stage and the one before: at most one difference, the first, so that it can be fixed first. */
export function checkStage(root: string, stage: Stage): Problem[] {
  if (stage.from === undefined) return [];
  const other = workerOf(stage.from);
  if (!has(root, other)) return [problem(stage.file, 1, `there is no ${other}: correct "from"`)];
  const sources = [other, stage.worker].map((file) => readSource(file, read(root, file)));
  const broken = sources.flatMap((source) => source.problems);
  if (broken.length > 0) return broken;

  const problems = stage.regions
    .filter((name) => !sources.some((source) => source.regions.has(name)))
    .map((name) =>
      problem(stage.file, 1, `no region "${name}" in ${other} or ${stage.worker}: take it out of "regions"`),
    );
  const shared = new Set(stage.regions.filter((name) => sources.every((source) => source.regions.has(name))));
  const [before = [], after = []] = [other, stage.worker].map((file) =>
    outside(read(root, file), stage.regions, shared),
  );
  const at = after.findIndex((line, index) => line.text !== before[index]?.text);
  const first = at === -1 && before.length > after.length ? after.length : at;
  if (first !== -1) {
    const [old, fresh] = [before[first], after[first]];
    const where = fresh?.line ?? linesOf(read(root, stage.worker)).length;
    const text = `outside the regions of ${stage.file} this differs from ${other}:${old?.line ?? "end"}: `;
    problems.push(
      problem(
        stage.worker,
        where,
        `${text}${quote(old)} became ${quote(fresh)}: make them equal, or name a region`,
      ),
    );
  }
  const size = changedLines(root, stage);
  if (size > stage.linesMax) {
    const text = `the change from ${stage.from} is ${size} lines, "linesMax" is ${stage.linesMax}: make it smaller, or raise it and say why`;
    problems.push(problem(stage.file, 1, text));
  }
  return problems;
}

interface Line {
  readonly text: string;
  readonly line: number;
}

/** The lines outside of `regions`. A region that both files have leaves its name behind, so that its place counts. */
function outside(text: string, regions: readonly string[], shared: ReadonlySet<string>): Line[] {
  const kept: Line[] = [];
  let hidden: string | undefined;
  const lines = linesOf(text);
  const top = lines.findLastIndex((line) => /^import |^} from "/.test(line));
  for (const [index, line] of lines.entries()) {
    if (index <= top) continue;
    const marker = markerOf(line);
    if (!marker) {
      if (hidden === undefined && line.trim() !== "") kept.push({ text: line, line: index + 1 });
    } else if (hidden === undefined && marker.kind === "region" && regions.includes(marker.name)) {
      hidden = marker.name;
      if (shared.has(marker.name)) kept.push({ text: `region ${marker.name}`, line: index + 1 });
    } else if (marker.name === hidden && marker.kind === "endregion") {
      hidden = undefined;
    }
  }
  return kept;
}

function workerOf(stage: string): string {
  return `packages/${stage}/src/worker.ts`;
}

function problem(file: string, line: number, text: string): Problem {
  return { file, line, text };
}

function quote(line: Line | undefined): string {
  return line ? `"${line.text.trim()}"` : "nothing";
}
