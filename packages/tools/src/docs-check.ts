/**
 * pnpm docs:check [--all] [--fresh]: fails on the first sign that a document is no longer true.
 *
 * --fresh, and any machine with CI in its environment: runs every command again, whatever was kept. --all: also compares
 * what is marked `run once`.
 */
import { parseArgs } from "node:util";
import { check } from "./check.ts";
import { format, report } from "./problem.ts";
import { repository } from "./tree.ts";

const { values } = parseArgs({ options: { all: { type: "boolean" }, fresh: { type: "boolean" } } });
const fresh = values.fresh ?? Boolean(process.env.CI);
const { problems, notes } = await check(repository, { all: values.all ?? false, fresh });
for (const note of notes) console.log(`note: ${format(note)}`);
if (report(problems)) console.log(`docs:check: all true (${notes.length} notes)`);
