/** `pnpm --filter basics start NAME` runs one program; without a name it lists them. */
import { programs } from "./programs.ts";

const [name, ...rest] = process.argv.slice(2);
const program = name !== undefined && Object.hasOwn(programs, name) ? programs[name] : undefined;
const names = Object.keys(programs).join(", ");

if (name === undefined) {
  console.log("The programs of part 1, one per chapter:\n");
  for (const each of Object.keys(programs)) console.log(`  pnpm --filter basics start ${each}`);
} else if (program === undefined || rest.length > 0) {
  console.error(`basics: no program "${[name, ...rest].join(" ")}"; there are ${names}`);
  process.exitCode = 2;
} else {
  await program((line) => console.log(line));
}
