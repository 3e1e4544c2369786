/** `pnpm --filter basics start NAME` runs one program; without a name it lists them. */
import { program, UsageError } from "@shirts/command-line";
import { programs } from "./programs.ts";

const names = Object.keys(programs);
const USAGE = `The programs of part 1, one per chapter:

${names.map((name) => `  pnpm --filter basics start ${name}`).join("\n")}`;

await program({
  name: "basics",
  usage: USAGE,
  positionals: "words",
  async main(_, words) {
    const name = words.join(" ");
    if (name === "") return console.log(USAGE);
    const run = Object.hasOwn(programs, name) ? programs[name] : undefined;
    if (!run) throw new UsageError(`There is no program "${name}". There are ${names.join(", ")}.`);
    await run((line) => console.log(line));
  },
});
