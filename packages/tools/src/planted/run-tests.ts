/** Runs a test file in the copy of the tree, and reads from Vitest's report which test failed. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { killSteps, runStep } from "../gate/step.ts";

/**
 * What came of it. `seen`: a test failed, or hung. `passed`: all did not. `skipped`: no test ran, its server is not there.
 * `broken`: the file does not even load, or falls over a name that is not there; that proves nothing.
 */
export type Outcome =
  | { readonly type: "seen"; readonly test: string }
  | { readonly type: "passed" }
  | { readonly type: "skipped" }
  | { readonly type: "broken"; readonly reason: string };

const report = z.object({
  testResults: z.array(
    z.object({
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});

/** A test that is still running after this long hangs: the fault has stopped something. */
const TEST_MS = 20_000;
/** A file in which a loop never pauses stops Vitest's own clock, too. */
const FILE_MS = 120_000;

/** Runs one test file, from `packages/`, in the tree `root`; with `title` only the tests whose title holds it. */
export async function runTests(root: string, file: string, title?: string): Promise<Outcome> {
  const [name = ""] = file.split("/");
  const { name: project } = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
  const output = join(root, ".cache/planted.json");
  rmSync(output, { force: true });
  const limit = setTimeout(killSteps, FILE_MS);
  const { output: text } = await runStep(
    [
      process.execPath,
      join(root, "node_modules/vitest/vitest.mjs"),
      ...["run", "--root", root, "--project", project, join("packages", file)],
      ...["--bail", "1", "--testTimeout", String(TEST_MS), "--reporter=json", `--outputFile=${output}`],
      ...(title === undefined ? [] : ["-t", title.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&")]),
    ],
    false,
    root,
  );
  clearTimeout(limit);
  if (!existsSync(output)) return hungOrBroken(file, text);
  return outcomeOf(readFileSync(output, "utf8"));
}

function hungOrBroken(file: string, text: string): Outcome {
  const [line = ""] = text.trim().split("\n").slice(-1);
  return text.trim() === ""
    ? { type: "seen", test: `${file} does not end` }
    : { type: "broken", reason: line };
}

/** Reads Vitest's JSON report. */
export function outcomeOf(text: string): Outcome {
  const { testResults } = report.parse(JSON.parse(text));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.find(({ status }) => status === "failed");
  if (failed !== undefined) {
    const [reason = ""] = failed.failureMessages.join("\n").split("\n");
    const isOwnFall = /^(ReferenceError|SyntaxError)/.test(reason);
    return isOwnFall ? { type: "broken", reason } : { type: "seen", test: failed.fullName };
  }
  const message = testResults.map((file) => file.message).find((it) => it !== "");
  if (message !== undefined) return { type: "broken", reason: message.split("\n")[0] ?? "" };
  if (tests.length === 0) return { type: "broken", reason: "it has no tests" };
  return { type: tests.some(({ status }) => status === "passed") ? "passed" : "skipped" };
}
