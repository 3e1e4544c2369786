// `npm test`, `npm run check`, `pnpm check`: the gate of this repository.

import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { program } from "@shirts/command-line";
import { buildPrograms } from "../built/build-programs.ts";
import { choose } from "./choice.ts";
import { repositoryGate, runGate } from "./gate.ts";
import { writeHalf } from "./half.ts";
import { isFull, nodeFlags, shortRun } from "./short.ts";
import { runStep, signalCode, stopStepsOnSignal } from "./step.ts";

const USAGE = `npm test                      format, lint, types, unused code, docs, and the tests, the longest ones with fewer cases
CI=1 npm test                 the same, and no test with fewer cases
npm test -- chan v2           the tests of these packages only
npm test -- chan -t select    further words go to Vitest
REQUIRE_SERVICES=1 npm test   a test without its real server fails instead of being skipped

On real servers, started for this run and stopped afterwards: npm run services -- npm test`;

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** The count, for a second half of the gate. */
const HALF = join(root, ".cache/gate/half.json");

function known(): string[] {
  const folders = readdirSync(join(root, "packages"));
  return folders.filter((name) => existsSync(join(root, "packages", name, "package.json")));
}

/** From here on the tests start what is built here. Where it cannot be built they start the sources, as ever. */
async function startBuilt(): Promise<void> {
  try {
    process.env.BUILT_PROGRAMS = String(await buildPrograms(root));
    // Plays that are shown on the page take this one. Where it cannot be built, they say why.
    await runStep([process.execPath, "--import", "tsx", "packages/theatre/src/page-main.ts"], false);
    process.env.NODE_FLAGS ??= nodeFlags();
  } catch (error) {
    console.log(`The programs are not built, so the tests take longer: ${(error as Error).message}`);
  }
}

await program({
  name: "gate",
  usage: USAGE,
  // What is no flag of the gate is for Vitest.
  positionals: "rest",
  async main(_, words) {
    const choice = choose(words, known());
    stopStepsOnSignal();
    process.chdir(root);
    Object.assign(process.env, shortRun(process.env, choice));
    rmSync(HALF, { force: true });
    const ready = isFull(process.env) ? Promise.resolve() : startBuilt();
    const { counts, failures } = await runGate({ ...repositoryGate(root, choice, console.log), ready });
    const { SERVICES: servers } = process.env;
    if (choice.isWhole && signalCode() === undefined)
      writeHalf(HALF, { counts, failures, ...(servers && { servers }) });
    return signalCode() ?? (counts.failed > 0 ? 1 : 0);
  },
});
