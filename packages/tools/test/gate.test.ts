import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Gate, runGate } from "../src/gate/gate.ts";
import { readHalf, writeHalf } from "../src/gate/half.ts";

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

test("checks may run at the same time: each of these two waits for the other one's file", async () => {
  const waiting = (mine: string, other: string) => ({
    name: mine,
    command: node(
      `const fs = require("node:fs"), at = (name) => ${JSON.stringify(`${folder}/`)} + name;
       fs.writeFileSync(at("${mine}"), ""); while (!fs.existsSync(at("${other}")));`,
    ),
  });
  const checks = [waiting("one", "two"), waiting("two", "one")];
  const { counts } = await runGate({ ...gate(checks, fakeTests(1)), checksAtOnce: 2 });
  expect(counts).toEqual({ passed: 3, failed: 0, skipped: 0 });
});

test("checks and tests are counted together, and the count is the last line", async () => {
  const checks = [{ name: "one", command: node("") }];
  expect((await runGate(gate(checks, fakeTests(4)))).counts).toEqual({ passed: 5, failed: 0, skipped: 0 });
  expect(lines.at(-1)?.split("\n").at(-1)).toBe("5 passed, 0 failed");
});

test("the output of a check is shown only when it failed", async () => {
  const checks = [
    { name: "good", command: node("console.log('fine words')") },
    { name: "bad", command: node("console.error('the reason'); process.exit(3)") },
  ];
  expect((await runGate(gate(checks, fakeTests(1)))).counts.failed).toBe(1);
  const screen = lines.join("\n");
  expect(screen).toContain("✓ good");
  expect(screen).toContain("✗ bad");
  expect(screen).toContain("the reason");
  expect(screen).not.toContain("fine words");
});

test("a check that must say something has failed when it does not, and that is said", async () => {
  const checks = [
    { name: "good", command: node("console.log('v4 is right')"), says: /v4.*right/ },
    { name: "bad", command: node("console.log('v4 is WRONG')"), says: /v4.*right/ },
  ];
  expect((await runGate(gate(checks, fakeTests(1)))).counts.failed).toBe(1);
  const screen = lines.join("\n");
  expect(screen).toContain("✓ good");
  expect(screen).toMatch(/✗ bad.*v4 is WRONG.*It never says/s);
});

test("what an earlier half has counted is part of the last line", async () => {
  const before = { counts: { passed: 10, failed: 2, skipped: 3 }, failures: ["the sun > rises"] };
  let counted: unknown;
  const total = await runGate({ ...gate([], fakeTests(4)), before }, (counts) => {
    counted = counts;
    expect(lines.join()).not.toContain("14 passed");
  });
  expect(total.counts).toEqual({ passed: 14, failed: 2, skipped: 3 });
  expect(counted).toEqual(total.counts);
  expect(lines.at(-2)).toBe("\nWhat failed:\n✗ the sun > rises");
  expect(lines.at(-1)?.split("\n").at(-1)).toBe("14 passed, 2 failed, 3 skipped");
});

test("a half that left no count has failed", () => {
  const file = join(folder, "halves/half.json");
  expect(readHalf(file).counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
  const half = { counts: { passed: 5, failed: 0, skipped: 1 }, servers: "RabbitMQ 3.10.8, PostgreSQL 15.18" };
  writeHalf(file, half);
  expect(readHalf(file)).toEqual(half);
  writeFileSync(file, "{");
  expect(readHalf(file).counts.failed).toBe(1);
});

test("a check that cannot be started has failed", async () => {
  const checks = [{ name: "absent", command: [join(folder, "absent")] }];
  expect((await runGate(gate(checks, fakeTests(1)))).counts.failed).toBe(1);
});

test("a check that is ended by a signal has failed", async () => {
  const checks = [{ name: "killed", command: node("process.kill(process.pid, 'SIGKILL')") }];
  expect((await runGate(gate(checks, fakeTests(1)))).counts.failed).toBe(1);
});

test("tests that write no report have failed, whatever an older run wrote", async () => {
  await runGate(gate([], fakeTests(7)));
  expect((await runGate(gate([], node("")))).counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

// A test once killed process 0, which means everybody in its process group: tests, gate, CI script, without a last line.
test("tests that kill their own process group are a failure that the gate lives to tell", async () => {
  const { counts } = await runGate(gate([], node("process.kill(0, 'SIGKILL')")));
  expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
