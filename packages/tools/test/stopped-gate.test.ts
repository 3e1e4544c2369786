/** Ctrl-C in the middle of a check ends the gate: what comes next does not begin. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";
import { expect, onTestFinished, test, vi } from "vitest";

const PROGRAM = fileURLToPath(new URL("programs/two-checks.ts", import.meta.url));

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("after %s no other check begins, and no test", async (signal, code) => {
  const folder = mkdtempSync(join(tmpdir(), "gate-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "begun");
  const child = spawn(process.execPath, [...programArgs(PROGRAM, { fromSource: true }), file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = text(child.stdout);
  await vi.waitUntil(() => existsSync(file), { timeout: 30_000 });
  child.kill(signal);
  expect(await once(child, "close")).toEqual([code, null]);
  expect(readFileSync(file, "utf8")).toBe("begins ");
  expect(await output).toBe("It was stopped, and no test ran.\n");
});
