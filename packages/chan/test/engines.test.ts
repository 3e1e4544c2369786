/**
 * The examples of the docstrings hold on other engines, too: one program, run by Node, and by Bun and Deno where they can be had
 * (`BUN` and `DENO` name their programs).
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { COUNTED } from "../bench/explore/counted.ts";
import { checkedOf, countResults } from "./docstrings.ts";
import { examples, imports } from "./public-examples.ts";

const folder = fileURLToPath(new URL("../.cache/engines/", import.meta.url));
const programs = fileURLToPath(new URL("programs/", import.meta.url));

const CHECKS = `import assert from "node:assert/strict";
let checks = 0;
function equals(value, result) {
  checks++;
  assert.deepEqual(value, result);
}
async function throws(code, words) {
  checks++;
  await assert.rejects(code(), (error) => String(error.message).includes(words));
}
async function example(name, run) {
  await run().catch((error) => {
    console.log(name + ": " + error.message);
  });
}
`;

const { BUN, DENO } = process.env;
const engines = [
  { engine: "Node", command: [process.execPath, "--import", "tsx"], isHere: true },
  { engine: "Bun", command: [BUN ?? "bun", "run"], isHere: BUN !== undefined },
  {
    engine: "Deno",
    command: [DENO ?? "deno", "run", "-A", "--no-check", "--no-lock", "--node-modules-dir=none"],
    isHere: DENO !== undefined,
  },
];

function run([file = "", ...flags]: readonly string[], program: string) {
  return spawnSync(file, [...flags, program], { encoding: "utf8", timeout: 60_000 });
}

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  const bodies = examples.map(
    ({ name, example }) => `await example("${name}", async () => {\n${checkedOf(example)}\n});`,
  );
  const end = 'console.log(checks + " results");';
  writeFileSync(`${folder}examples.ts`, [imports, CHECKS, ...bodies, end, ""].join("\n"));
});

describe.each(engines)("on $engine", ({ engine, command, isHere }) => {
  test.skipIf(!isHere)("every example of the docstrings holds", () => {
    const results = examples.reduce((sum, { example }) => sum + countResults(example), 0);
    const { stdout, stderr } = run(command, `${folder}examples.ts`);
    expect(stdout, stderr).toBe(`${results} results\n`);
  });

  test.skipIf(!isHere)("explore counts the same orders", () => {
    const counted = COUNTED.map(({ orders }) => orders);
    const { stdout, stderr } = run(command, `${programs}explore-orders.ts`);
    expect(stdout, stderr).toBe(`${JSON.stringify([...counted, 6, "unhandled"])}\n`);
  });

  test.skipIf(!isHere)("a host program keeps its exit code, and routines of go end with main", () => {
    expect(run(command, `${programs}listener-asleep.ts`)).toMatchObject({
      status: 0,
      stdout: "the host ends\n",
      stderr: "",
    });
    expect(run(command, `${programs}main-ended.ts`)).toMatchObject({
      status: 0,
      stdout: "main ends\npaint\n",
      stderr: "",
    });
  });

  // Bun runs on JavaScriptCore, whose stacks do not show who awaits: README says so.
  test.skipIf(!isHere || engine === "Bun")("a deadlock is reported with its lines", () => {
    const { status, stderr } = run(command, `${programs}main-asleep.ts`);
    expect(stderr).toMatch(
      /asleep - deadlock!\n\ngoroutine 1 \[chan receive\]:\n {4}at step \(.*main-asleep\.ts:21:\d+\)\n {4}at main \(/,
    );
    expect(status).toBe(2);
  });
});
