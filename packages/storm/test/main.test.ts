/** Bad input is answered before any server is started: in one line, with exit code 2. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";
import { expect, test, vi } from "vitest";

// A process of its own takes a second to start, more on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const storm = (...args: string[]) =>
  spawnSync(process.execPath, [...programArgs(main), ...args], {
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "0" },
  });

test.each([
  [[], "Which stage? One of v1, v2, v3, v4."],
  [["v5"], "v5"],
  [["v4", "--faults", "kill,rain"], 'There is no fault "rain".'],
  [["v4", "--stories", "0"], "--stories takes a whole number from 1 to 1000000"],
  [["v4", "--wind"], "--wind"],
  [["--worker", "gone.ts"], "--worker: there is no file gone.ts."],
  [["v4", "--base", "v3"], "--base belongs to --worker."],
  [["v4", "--worker", "gone.ts"], "Either a stage or --worker. Its topology is --base v4."],
])("bad input is one line and exit code 2: storm %j", (args, line) => {
  const { status, stdout, stderr } = storm(...args);
  expect(stderr).toContain(line);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stdout).toBe("");
  expect(status).toBe(2);
});

test("--help names every fault and starts nothing", () => {
  const { status, stdout } = storm("--help");
  for (const fault of ["nap", "kill", "freeze", "duplicate", "broker"]) expect(stdout).toContain(fault);
  expect(status).toBe(0);
});
