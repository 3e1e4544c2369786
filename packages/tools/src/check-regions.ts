/** What holds for the regions of all sources: well formed, and each one shown by a document. */
import type { Filled } from "./bodies.ts";
import type { Problem } from "./problem.ts";
import { readSource } from "./regions.ts";
import { diffArgs } from "./show.ts";
import { stageRegions } from "./stages.ts";
import { filesUnder, read } from "./tree.ts";

/** Sources that may hold regions. This package writes about markers, so its own are none. */
const source = /^packages\/(?!tools\/).*\.(ts|mts|cts|mjs|cjs|js|go|sql|ya?ml|sh)$/;

export interface Regions {
  readonly problems: readonly Problem[];
  readonly unused: readonly Problem[];
}

export function checkRegions(root: string, documents: readonly Filled[]): Regions {
  const shown = new Set(documents.flatMap((it) => it.blocks.flatMap(namesShown)));
  const ofStages = stageRegions(root);
  const problems: Problem[] = [];
  const unused: Problem[] = [];
  for (const file of filesUnder(root, "packages").filter((path) => source.test(path))) {
    const { regions, problems: broken } = readSource(file, read(root, file));
    problems.push(...broken);
    for (const { name, line, inside } of [...regions.values()].sort((a, b) => a.line - b.line)) {
      // A region that only stage-diff needs may be seen as a part of a larger one.
      const seenAs = ofStages.has(`${file}#${name}`) ? [name, ...inside] : [name];
      if (shown.has(file) || seenAs.some((it) => shown.has(`${file}#${it}`))) continue;
      unused.push({
        file,
        line,
        text: `no document shows region "${name}": show it, or take its markers out`,
      });
    }
  }
  return { problems, unused };
}

/** `path` when a whole file is shown, `path#region` when a part is. */
function namesShown({ kind, args }: Filled["blocks"][number]): string[] {
  if (kind === "code") return [args];
  if (kind !== "diff") return [];
  const { before, after, region } = diffArgs(args);
  return region === undefined ? [before, after] : [`${before}#${region}`, `${after}#${region}`];
}
