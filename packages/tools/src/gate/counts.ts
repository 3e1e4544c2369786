// Counting for the gate's last line. Invariant: whatever did not certainly pass is counted as failed, never left out.

/** How many checks went which way. A test is one; so is each other step of the gate. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const ZERO: Counts = { passed: 0, failed: 0, skipped: 0 };

/** The part of Vitest's JSON report that is read here. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

export function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/**
 * The tests in Vitest's JSON report `text` (undefined when there is none), for a run that ended with `exitCode`.
 * A file that could not be loaded has no tests in the report and counts as one failure; so does a run that failed
 * without a failed test (an unhandled rejection, say), and a run of no tests.
 */
export function countTests(text: string | undefined, exitCode: number): Counts {
  const report = text === undefined ? undefined : (JSON.parse(text) as Report);
  const broken = report?.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const passed = report?.numPassedTests ?? 0;
  const failed = (report?.numFailedTests ?? 0) + (broken?.length ?? 0);
  const isUnexplained = failed === 0 && (exitCode !== 0 || passed === 0);
  return {
    passed,
    failed: isUnexplained ? 1 : failed,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
}

/** "12 passed, 0 failed", and ", 3 skipped" when some were. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
