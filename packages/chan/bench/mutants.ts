/** The mutation check: plants one fault at a time in a copy of the package; the suite must catch each. `pnpm --filter chan mutants`. */

import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { FAULTS } from "./mutants/faults.ts";
import { plant } from "./mutants/plant.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const copy = `${root}.cache/mutants/`;
/** These test files start programs, or need files that are not in the copy. */
const LEFT_OUT = ["programs", "package", "mutants", "docstrings", "more-peers"];
const only = process.argv.slice(2);
let survivors = 0;

/** How the suite ends on the copy: null when it hung. */
function suite(): number | null {
  const args = ["exec", "vitest", "run", "--root", copy, "--bail", "1", "--testTimeout", "10000"];
  const env = { ...process.env, CHAN_PROGRAMS: "400" };
  return spawnSync("pnpm", args, { cwd: root, env, timeout: 40_000, killSignal: "SIGKILL", stdio: "ignore" })
    .status;
}

rmSync(copy, { recursive: true, force: true });
// With package.json the copy is what its own tests import by the name @shirts/chan; without it that would be the original.
for (const part of ["src", "test", "bench", "package.json", "README.md"])
  cpSync(`${root}${part}`, `${copy}${part}`, { recursive: true });
for (const name of LEFT_OUT) rmSync(`${copy}test/${name}.test.ts`);
writeFileSync(`${copy}vitest.config.ts`, "export default {};\n");
const wanted = FAULTS.filter(({ fault }) => only.length === 0 || only.some((word) => fault.includes(word)));
const mutants = wanted.map((fault) => {
  const path = `${copy}src/${fault.file}`;
  const text = readFileSync(path, "utf8");
  return { fault: fault.fault, path, text, mutant: plant(text, fault) };
});
if (suite() !== 0) throw new Error("the suite fails without a fault");
for (const { fault, path, text, mutant } of mutants) {
  writeFileSync(path, mutant);
  const status = suite();
  writeFileSync(path, text);
  if (status === 0) survivors++;
  console.log(`${status === 0 ? "SURVIVED" : status === null ? "caught (hung)" : "caught"}  ${fault}`);
}
rmSync(copy, { recursive: true, force: true });
console.log(`${survivors} survived`);
process.exit(survivors === 0 ? 0 : 1);
