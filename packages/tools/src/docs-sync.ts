/**
 * pnpm docs:sync [--all] [--fresh] [file ...]: writes what stands between each directive and its end.
 *
 * Without files: all documents. --all: also records the `run once` commands again. --fresh: trusts no kept output.
 */
import { parseArgs } from "node:util";
import { report } from "./problem.ts";
import { sync } from "./sync.ts";
import { repository } from "./tree.ts";

const { values, positionals } = parseArgs({
  options: { all: { type: "boolean" }, fresh: { type: "boolean" } },
  allowPositionals: true,
});
const options = { all: values.all ?? false, fresh: values.fresh ?? false };
const { written, problems } = await sync(repository, positionals, options);
for (const file of written) console.log(`written: ${file}`);
report(problems);
