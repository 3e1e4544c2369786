/** `pnpm verdict` from outside. Its exit code 1 is a verdict, so trouble must have another one. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";
import { servePglite } from "@shirts/pglite-server";
import { openTable } from "@shirts/table";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../src/services/verdict-main.ts", import.meta.url));

test.each([
  // Nobody listens on port 1.
  [
    ["--url", "postgres://127.0.0.1:1/postgres"],
    /^verdict: PostgreSQL at 127\.0\.0\.1:1: nobody answers.*\n$/,
  ],
  [["--url"], /^verdict: --url needs a value.*\n$/],
  [["--colour"], /^verdict: There is no flag --colour\..*\n$/],
])("a table that cannot be asked is one line and exit code 2: %j", (args, line) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...programArgs(MAIN), ...args], {
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: expect.stringMatching(line) });
});

test("which table it asks is told on stderr, so that stdout is the verdict and nothing else", async () => {
  const served = await servePglite();
  const table = await openTable(served.url);
  await table.prepare({ population: { "north-america": 10 } });
  const verdict = spawn(process.execPath, [...programArgs(MAIN), "--json", "--url", served.url], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [said, told] = await Promise.all([
    text(verdict.stdout),
    text(verdict.stderr),
    once(verdict, "close"),
  ]);
  await table.close();
  await served.close();
  expect(JSON.parse(said)).toMatchObject([{ area: "north-america", people: 10 }]);
  expect(told).toMatch(/^verdict works with PGlite \d+\.\d+\.\d+\n$/);
});
