/** `pnpm verdict` from outside. Its exit code 1 is a verdict, so trouble must have another one. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";
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
