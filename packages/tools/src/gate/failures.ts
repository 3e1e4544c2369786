// What failed, in words: said once more before the last line, as the place where it happened has scrolled away by then.

import { relative } from "node:path";

/** The part of Vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/** More than these are counted and not told: the first ones say what is wrong. */
const TOLD_MAX = 20;

/** The lines of an error that are told of each test: the message, and where the first call was. */
const LINES_MAX = 12;

/** Each failed test in Vitest's JSON report `text`, with its file below `root` and how its error begins. */
export function failuresOf(text: string | undefined, root: string): string[] {
  if (text === undefined) return ["the tests: they wrote no report"];
  const report = JSON.parse(text) as Report;
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    if (status === "failed" && assertionResults.length === 0) return [failure(file, message)];
    return assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => failure(`${file} > ${test.fullName}`, test.failureMessages?.[0]));
  });
}

function failure(what: string, message = ""): string {
  // Colours end where the text is cut, or they would run on.
  const plain = message.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, "g"), "");
  const lines = plain.split("\n").filter((line) => line.trim() !== "");
  return [what, ...lines.slice(0, LINES_MAX).map((line) => `    ${line}`)].join("\n");
}

/** The lines for the screen; "" when nothing failed. */
export function toldFailures(failures: readonly string[]): string {
  if (failures.length === 0) return "";
  const rest = failures.length - TOLD_MAX;
  const told = failures.slice(0, TOLD_MAX).map((it) => `✗ ${it}`);
  return ["What failed:", ...told, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n");
}
