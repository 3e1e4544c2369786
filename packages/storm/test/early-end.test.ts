/** A storm that an error ends, on real servers and as a process of its own. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";
import { afterEach, expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 180_000 });

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "shirts-storm-"));
afterEach(() => rmSync(folder, { recursive: true }));

test("what was played before an error is told and recorded, then the error in one line, and exit code 1", ({
  skip,
}) => {
  const noFolder = join(folder, "file");
  const table = join(folder, "table.md");
  writeFileSync(noFolder, "");
  // The first wrong story finds no folder for its trace. In v1 a doubled older command is always painted over the newer one.
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...programArgs(MAIN), "v1", "--faults", "duplicate", "--stories", "12"].concat(
      ...["--traces", join(noFolder, "traces"), "--record", table],
    ),
    { encoding: "utf8", env: { ...process.env, FORCE_COLOR: "0" } },
  );
  if (stderr.includes("is not on this machine") && process.env.REQUIRE_SERVICES !== "1") skip(stderr.trim());
  expect(stderr).toMatch(/^storm works with RabbitMQ \d+\.\d+\.\d+ and PostgreSQL \d+\.\d+$/m);
  expect(stderr.trim().split("\n").at(-1)).toMatch(/^storm: ENOTDIR/);
  expect(stdout).toMatch(/^ +duplicate +\d+ +1 /m);
  expect(readFileSync(table, "utf8")).toMatch(/Ended early: \d+ of 12 stories were finished\./);
  expect(status).toBe(1);
});
