// The gate: everything that must hold before a change is good. One command for people and for CI, `npm test`.
//
// 1. A step's output is shown only when the step failed; the tests report as they run.
// 2. The last line on the screen is the count; the exit code is 0 only if nothing failed.
// 3. A gate that ran no test has failed.
// 4. What failed is said once more before the last line.

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Choice } from "./choice.ts";
import { add, type Counts, closingLine, countTests, ZERO } from "./counts.ts";
import { failuresOf, toldFailures } from "./failures.ts";
import type { Half } from "./half.ts";
import { runStep, signalCode } from "./step.ts";

const HOW_FAR = fileURLToPath(new URL("./how-far-reporter.ts", import.meta.url));

/** A check that counts as one: it passes when its command exits with 0. */
export interface Check {
  readonly name: string;
  readonly command: readonly string[];
  /** What its output must have, too. */
  readonly says?: RegExp;
}

export interface Gate {
  readonly checks: readonly Check[];
  /** How many of them may run at the same time. Default 1. */
  readonly checksAtOnce?: number;
  /** What the tests need, and the checks do not. It must not reject. */
  readonly ready?: Promise<unknown>;
  /** Vitest's command line; the gate adds its reporters. */
  readonly tests: readonly string[];
  /** Where Vitest's JSON report goes. */
  readonly reportFile: string;
  /** What an earlier part of the same gate has counted; it is added in the closing line. */
  readonly before?: Half;
  readonly print: (line: string) => void;
}

/** How a gate, or one step of it, went. */
export interface Outcome {
  readonly counts: Counts;
  /** What failed, each in a line or more; empty when all is good. */
  readonly failures: readonly string[];
}

/** A program of the packages that are installed in `root`. */
export function binOf(root: string, name: string): string {
  return join(root, "node_modules/.bin", process.platform === "win32" ? `${name}.cmd` : name);
}

/** The gate of this repository, whose top folder is `root`. */
export function repositoryGate(root: string, choice: Choice, print: (line: string) => void): Gate {
  const isShort = process.env.SHORT_TESTS === "1";
  const bin = (name: string) => binOf(root, name);
  const tool = (name: string, file: string, ...flags: string[]): Check[] =>
    existsSync(join(root, file))
      ? [{ name, command: [process.execPath, "--import", "tsx", file, ...flags] }]
      : [];
  const checks: Check[] = [
    {
      name: "format and lint",
      command: [bin("biome"), "ci", `--colors=${process.stdout.isTTY ? "force" : "off"}`, "."],
    },
    { name: "types", command: [bin("tsc")] },
    { name: "types of the page", command: [bin("tsc"), "-p", "packages/theatre"] },
    { name: "unused", command: [bin("knip"), "--no-config-hints"] },
    // The next check goes here.
    // Programs take most of its time. In a short run what they print is left to CI.
    ...tool("docs", "packages/tools/src/docs-check.ts", ...(isShort ? ["--no-runs"] : [])),
    ...tool("stage diff", "packages/tools/src/stage-diff.ts"),
  ];
  const projects = choice.packages.map((name) => `--project=@shirts/${name}`);
  return {
    checks: choice.isWhole ? checks : [],
    // Most of them use one core. Not beside the programs of the documents, which may print in another order then.
    checksAtOnce: isShort ? 2 : 1,
    tests: [bin("vitest"), "run", `--reporter=${HOW_FAR}`, ...projects, ...choice.rest],
    reportFile: join(root, ".cache/gate/vitest.json"),
    print,
  };
}

/** Each prints its line when it has ended. */
async function runChecks({ checks, checksAtOnce = 1, print }: Gate): Promise<Outcome[]> {
  const waiting = [...checks];
  const outcomes: Outcome[] = [];
  const runOneByOne = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined && !isStopped(); check = waiting.shift())
      outcomes.push(await runCheck(check, print));
  };
  await Promise.all(Array.from({ length: checksAtOnce }, runOneByOne));
  return outcomes;
}

const isStopped = () => signalCode() !== undefined;

async function runCheck(check: Check, print: Gate["print"]): Promise<Outcome> {
  const result = await runStep(check.command, false);
  if (isStopped()) return { counts: ZERO, failures: [] };
  const isGood = result.exitCode === 0 && (check.says?.test(result.output) ?? true);
  print(stepLine(isGood, check.name, result.seconds));
  if (isGood) return { counts: { ...ZERO, passed: 1 }, failures: [] };
  print(`${result.output.trimEnd()}\n`);
  if (result.exitCode === 0) print(`It never says ${check.says}.\n`);
  return { counts: { ...ZERO, failed: 1 }, failures: [`the check "${check.name}"`] };
}

async function runTests({ tests, reportFile, print }: Gate): Promise<Outcome> {
  mkdirSync(dirname(reportFile), { recursive: true });
  // An old report must never be counted for a run that wrote none.
  rmSync(reportFile, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  const result = await runStep([...tests, ...reporters], true);
  const text = existsSync(reportFile) ? readFileSync(reportFile, "utf8") : undefined;
  const counts = countTests(text, result.exitCode);
  if (counts.passed + counts.skipped === 0) print("No test ran, and that is a failure.");
  print(stepLine(counts.failed === 0, "tests", result.seconds));
  if (counts.failed === 0) return { counts, failures: [] };
  const failures = failuresOf(text, process.cwd());
  return { counts, failures: failures.length > 0 ? failures : ["the tests: they ended without saying why"] };
}

function stepLine(isGood: boolean, name: string, seconds: number): string {
  return `${isGood ? "✓" : "✗"} ${name.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s`;
}

/**
 * Runs the gate and prints as it goes; resolves with all counts, and what failed, once the closing line is printed. `counted`
 * is called before that line. Rejects only when `counted` throws. A signal in the middle of the checks ends it without tests.
 */
export async function runGate(gate: Gate, counted: (counts: Counts) => void = () => {}): Promise<Outcome> {
  let { counts, failures = [] }: Half = gate.before ?? { counts: ZERO };
  const take = (outcome: Outcome) => {
    counts = add(counts, outcome.counts);
    failures = [...failures, ...outcome.failures];
  };
  for (const outcome of await runChecks(gate)) take(outcome);
  await gate.ready;
  if (isStopped()) {
    gate.print("It was stopped, and no test ran.");
    return { counts, failures };
  }
  take(await runTests(gate));
  counted(counts);
  const told = toldFailures(failures);
  if (told !== "") gate.print(`\n${told}`);
  gate.print(`\n${closingLine(counts)}`);
  return { counts, failures };
}
