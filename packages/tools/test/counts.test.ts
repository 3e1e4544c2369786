import { expect, test } from "vitest";
import { closingLine, countTests } from "../src/gate/counts.ts";

/** A report with so many tests; each entry of `files` is the status of a file and how many tests it holds. */
function report(passed: number, failed: number, skipped: number, files: [string, number][] = []): string {
  return JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
    testResults: files.map(([status, tests]) => ({ status, assertionResults: Array(tests).fill({}) })),
  });
}

test("tests are counted as the report has them", () => {
  expect(countTests(report(3, 1, 2), 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

test("a file that cannot be loaded is a failure", () => {
  const text = report(3, 0, 0, [
    ["passed", 3],
    ["failed", 0],
  ]);
  expect(countTests(text, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
});

test("a run that fails without a failed test is a failure", () => {
  expect(countTests(report(3, 0, 0), 1).failed).toBe(1);
});

test("a run of no test is a failure, also when it says that all is well", () => {
  expect(countTests(report(0, 0, 0), 0).failed).toBe(1);
  expect(countTests(report(0, 0, 5), 0).failed).toBe(1);
});

test("a run that wrote no report is a failure", () => {
  expect(countTests(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("the closing line is plain, and names skipped tests only when there are some", () => {
  expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
  expect(closingLine({ passed: 1, failed: 2, skipped: 3 })).toBe("1 passed, 2 failed, 3 skipped");
});
