/**
 * pnpm docs:sync [--all] [--fresh] [file ...]: writes what stands between each directive and its end.
 *
 * Without files: all documents. --all: also records the `run once` commands again. --fresh: trusts no kept output.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fill } from "./bodies.ts";
import { withBodies } from "./directives.ts";
import type { Problem } from "./problem.ts";
import { report } from "./problem.ts";
import { documents, read, repository } from "./tree.ts";

const { values, positionals } = parseArgs({
  options: { all: { type: "boolean" }, fresh: { type: "boolean" } },
  allowPositionals: true,
});
const files = positionals.length > 0 ? positionals : documents(repository);
const problems: Problem[] = [];
for (const filled of await fill(repository, files, {
  all: values.all ?? false,
  fresh: values.fresh ?? false,
})) {
  const { file, text, blocks, bodies } = filled;
  problems.push(...filled.problems);
  const fresh = withBodies(text, blocks, bodies);
  if (fresh === text) continue;
  // The commands took a while: an editor may have saved the file meanwhile, and its work goes first.
  if (read(repository, file) !== text) {
    problems.push({ file, line: 1, text: "it was changed while the commands ran: run docs:sync again" });
    continue;
  }
  writeFileSync(join(repository, file), fresh);
  console.log(`written: ${file}`);
}
report(problems);
