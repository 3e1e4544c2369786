import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Gate, runGate } from "../src/gate/gate.ts";

let folder: string;
let lines: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shirts-gate-"));
  lines = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

const node = (program: string) => [process.execPath, "-e", program];

/** Stands in for Vitest: writes a report where it is told to, and ends. */
function fakeTests(passed: number): string[] {
  const report = {
    numPassedTests: passed,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
  };
  const write = `require("fs").writeFileSync(process.argv.at(-1).split("=")[1], '${JSON.stringify(report)}')`;
  return [...node(write), "--"];
}

function gate(checks: Gate["checks"], tests: string[]): Gate {
  return { checks, tests, reportFile: join(folder, "report.json"), print: (line) => lines.push(line) };
}

test("checks and tests are counted together, and the count is the last line", async () => {
  const checks = [{ name: "one", command: node("") }];
  expect(await runGate(gate(checks, fakeTests(4)))).toEqual({ passed: 5, failed: 0, skipped: 0 });
  expect(lines.at(-1)?.split("\n").at(-1)).toBe("5 passed, 0 failed");
});

test("the output of a check is shown only when it failed", async () => {
  const checks = [
    { name: "good", command: node("console.log('fine words')") },
    { name: "bad", command: node("console.error('the reason'); process.exit(3)") },
  ];
  expect((await runGate(gate(checks, fakeTests(1)))).failed).toBe(1);
  const screen = lines.join("\n");
  expect(screen).toContain("✓ good");
  expect(screen).toContain("✗ bad");
  expect(screen).toContain("the reason");
  expect(screen).not.toContain("fine words");
});

test("a check that cannot be started has failed", async () => {
  const checks = [{ name: "absent", command: [join(folder, "absent")] }];
  expect((await runGate(gate(checks, fakeTests(1)))).failed).toBe(1);
});

test("a check that is ended by a signal has failed", async () => {
  const checks = [{ name: "killed", command: node("process.kill(process.pid, 'SIGKILL')") }];
  expect((await runGate(gate(checks, fakeTests(1)))).failed).toBe(1);
});

test("tests that write no report have failed, whatever an older run wrote", async () => {
  await runGate(gate([], fakeTests(7)));
  expect(await runGate(gate([], node("")))).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

// A test once killed process 0, which means everybody in its process group: tests, gate, CI script, without a last line.
test("tests that kill their own process group are a failure that the gate lives to tell", async () => {
  const counts = await runGate(gate([], node("process.kill(0, 'SIGKILL')")));
  expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
