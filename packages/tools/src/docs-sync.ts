/** pnpm docs:sync: fills in the generated blocks of the documents. */
import { program } from "@shirts/command-line";
import { report } from "./problem.ts";
import { sync } from "./sync.ts";
import { repository } from "./tree.ts";

await program({
  name: "docs:sync",
  usage: `pnpm docs:sync [--all] [--fresh] [FILE ...]    fills in the generated blocks of the documents

  FILE     a document; without any, all of them
  --all    also records the \`run once\` commands again
  --fresh  trusts no kept output`,
  options: { all: { type: "boolean", default: false }, fresh: { type: "boolean", default: false } },
  positionals: "words",
  async main(options, files) {
    const { written, problems } = await sync(repository, files, options);
    for (const file of written) console.log(`written: ${file}`);
    return report(problems);
  },
});
