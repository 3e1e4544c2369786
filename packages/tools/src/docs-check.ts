/** pnpm docs:check: fails on the first sign that a document is no longer true. */
import { program } from "@shirts/command-line";
import { check } from "./check.ts";
import { format, report } from "./problem.ts";
import { repository } from "./tree.ts";

await program({
  name: "docs:check",
  usage: `pnpm docs:check [--all] [--fresh] [--no-runs]    finds what is no longer true in the documents, one line per problem

  --all      also compares what is marked \`run once\`
  --fresh    runs every command again, whatever was kept; so does any machine with CI in its environment
  --no-runs  takes every command as marked \`run once\``,
  options: {
    all: { type: "boolean", default: false },
    fresh: { type: "boolean", default: Boolean(process.env.CI) },
    "no-runs": { type: "boolean", default: false },
  },
  async main({ "no-runs": noRuns, ...options }) {
    const { problems, notes } = await check(repository, { ...options, runs: !noRuns });
    for (const note of notes) console.log(`note: ${format(note)}`);
    const code = report(problems);
    if (code === 0) console.log(`docs:check: all true (${notes.length} notes)`);
    return code;
  },
});
