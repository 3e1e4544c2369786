// `npm test`, `npm run check`, `pnpm check`: the gate of this repository.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Choice, choose } from "./choice.ts";
import { repositoryGate, runGate } from "./gate.ts";
import { stopSteps } from "./step.ts";

const USAGE = `npm test                      everything: format, lint, types, unused code, all tests
npm test -- chan v2           the tests of these packages only
npm test -- chan -t select    further words go to Vitest
REQUIRE_SERVICES=1 npm test   a test that misses its real server fails instead of being skipped

On real servers, started and stopped for the occasion: npm run services -- npm test`;

const root = fileURLToPath(new URL("../../../..", import.meta.url));

function known(): string[] {
  const folders = readdirSync(join(root, "packages"));
  return folders.filter((name) => existsSync(join(root, "packages", name, "package.json")));
}

function readChoice(words: readonly string[]): Choice {
  try {
    return choose(words, known());
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}

const words = process.argv.slice(2);
if (words.includes("--help")) {
  console.log(USAGE);
  process.exit(0);
}

let signalled: number | undefined;
for (const [name, exitCode] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(name, () => {
    signalled = exitCode;
    stopSteps();
  });
}

process.chdir(root);
const { failed } = await runGate(repositoryGate(root, readChoice(words), console.log));
process.exitCode = signalled ?? (failed > 0 ? 1 : 0);
