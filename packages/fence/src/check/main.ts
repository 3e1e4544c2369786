/** `pnpm check-fence ./my-table.ts`: the judge, for a file that exports a table. */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { fromHere, importFree, program, UsageError } from "@shirts/command-line";
import { checkFence, type FencedTable, print } from "./index.ts";

const USAGE = `pnpm check-fence FILE       plays ten ways in which a fence fails on the table that FILE exports

FILE is TypeScript or JavaScript; its default export is a table: connect, accept, write and read, and what it has of
disconnect, fresh, remove and beginAnew. Copy packages/fence/test/check/my-table.ts and change it. The judge writes into the
table: let it be one of tests. Exit code 0: the fence holds; 1: it does not; 2: the file is no table.`;

const NEEDED = ["connect", "accept", "write", "read"] as const;
const OPTIONAL = ["disconnect", "fresh", "remove", "beginAnew"] as const;

/** Throws UsageError for a file that exports no table. */
async function load(file: string): Promise<FencedTable> {
  // pnpm starts this in the folder of its package.json, wherever the reader is.
  const paths = [fromHere(file), resolve(file)];
  const path = paths.find((path) => existsSync(path) && statSync(path).isFile());
  if (path === undefined) throw new UsageError(`there is no file ${file}`);
  const { default: table } = await importFree(path, import.meta.url);
  return checkShape(file, table);
}

function checkShape(file: string, table: unknown): FencedTable {
  if (typeof table !== "object" || table === null)
    throw new UsageError(
      `${file} has no table as its default export: export default { connect, accept, write, read }`,
    );
  const functions = table as Record<string, unknown>;
  const missing = NEEDED.filter((name) => typeof functions[name] !== "function");
  if (missing.length > 0) throw new UsageError(`the table of ${file} has no function ${missing.join(", ")}`);
  const known: readonly string[] = [...NEEDED, ...OPTIONAL];
  const odd = Object.keys(functions).filter((name) => !known.includes(name));
  if (odd.length > 0)
    throw new UsageError(
      `the table of ${file} has ${odd.join(", ")}, and the judge knows ${known.join(", ")}`,
    );
  return table as FencedTable;
}

await program({
  name: "check-fence",
  usage: USAGE,
  positionals: "words",
  async main(_, [file, ...more]) {
    if (file === undefined) throw new UsageError("which file? For example: pnpm check-fence ./my-table.ts");
    if (more.length > 0) throw new UsageError("one file at a time");
    const report = await checkFence(await load(file));
    console.log(print(report));
    return report.isRight ? 0 : 1;
  },
});
