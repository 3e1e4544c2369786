/** Plants faults, one at a time, and asks the tests. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyTree } from "./copy.ts";
import { type PlantedFault, plant } from "./fault.ts";
import { type Outcome, runTests } from "./run-tests.ts";

/** A fault, and what the tests said: of the first test file that noticed it, else of the last that was asked. */
export interface Tried {
  readonly fault: PlantedFault;
  readonly outcome: Outcome;
  /** The test file that said so. */
  readonly testFile: string;
  readonly seconds: number;
}

export interface Progress {
  /** Before the faults: the tests of each file must pass without any. */
  checked(testFile: string, outcome: Outcome): void;
  tried(result: Tried, index: number): void;
}

/**
 * Tries the faults in a copy of the tree `root`, and removes the copy in the end, and when this process exits. Throws when
 * one does not fit its file, or a test fails without any.
 */
export async function tryFaults(
  root: string,
  faults: readonly PlantedFault[],
  progress: Progress,
): Promise<Tried[]> {
  const sourceOf = ({ file }: PlantedFault) => readFileSync(join(root, "packages", file), "utf8");
  // All of them first: a fault that does not fit should not be told after twenty minutes.
  const planted = faults.map((fault) => ({
    fault,
    source: sourceOf(fault),
    text: plant(sourceOf(fault), fault),
  }));
  const copy = copyTree(root);
  process.once("exit", copy.remove);
  try {
    await checkTests(copy.root, faults, progress);
    const results: Tried[] = [];
    for (const { fault, source, text } of planted) {
      const place = join(copy.root, "packages", fault.file);
      writeFileSync(place, text);
      const result = await askTests(copy.root, fault);
      writeFileSync(place, source);
      progress.tried(result, results.push(result));
    }
    return results;
  } finally {
    process.off("exit", copy.remove);
    copy.remove();
  }
}

async function checkTests(root: string, faults: readonly PlantedFault[], progress: Progress): Promise<void> {
  const wanted = new Map<string, [file: string, title: string | undefined]>();
  for (const { tests, title } of faults)
    for (const file of tests) wanted.set(`${file} ${title ?? ""}`, [file, title]);
  for (const [file, title] of wanted.values()) {
    const outcome = await runTests(root, file, title);
    progress.checked(title === undefined ? file : `${file}: ${title}`, outcome);
    if (outcome.type === "seen") throw new Error(`${file} fails without a fault: ${outcome.test}`);
    if (outcome.type === "skipped" && title !== undefined) throw new Error(`${file} has no test "${title}"`);
    if (outcome.type === "broken") throw new Error(`${file} cannot be run: ${outcome.reason}`);
  }
}

async function askTests(root: string, fault: PlantedFault): Promise<Tried> {
  const started = performance.now();
  let outcome: Outcome = { type: "passed" };
  let testFile = "";
  for (const file of fault.tests) {
    testFile = file;
    outcome = await runTests(root, file, fault.title);
    if (outcome.type === "seen" || outcome.type === "broken") break;
  }
  return { fault, outcome, testFile, seconds: (performance.now() - started) / 1000 };
}
