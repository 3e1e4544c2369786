/** The gate's line about how far its tests are. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { binOf } from "../src/gate/gate.ts";
import { HowFar } from "../src/gate/how-far.ts";
import { repository } from "../src/tree.ts";

test("it says how many files of how many have ended, after how long, and which one runs for the longest time", () => {
  let now = 5000;
  const howFar = new HowFar(4, () => now);
  howFar.begins("a.test.ts");
  now += 2000;
  howFar.begins("b.test.ts");
  now += 1000;
  expect(howFar.ends("b.test.ts")).toBeUndefined();
  howFar.begins("c.test.ts");
  now += 8000;
  howFar.begins("d.test.ts");
  now += 1000;
  expect(howFar.ends("c.test.ts")).toBe("2 of 4 test files, 12 s; a.test.ts runs for 12 s");
  now += 9999;
  expect(howFar.ends("a.test.ts")).toBeUndefined();
  // The last file is always told.
  expect(howFar.ends("d.test.ts")).toBe("4 of 4 test files, 22 s");
});

test("Vitest tells it in a log", () => {
  const folder = mkdtempSync(join(tmpdir(), "shirts-how-far-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const vitest = JSON.stringify(join(repository, "node_modules/vitest/dist/index.js"));
  for (const name of ["one", "two"])
    writeFileSync(
      join(folder, `${name}.test.js`),
      `import { test } from ${vitest};\ntest("${name}", () => {});\n`,
    );
  const reporter = fileURLToPath(new URL("../src/gate/how-far-reporter.ts", import.meta.url));
  const args = ["run", "--root", folder, `--reporter=${reporter}`];
  const { stdout, stderr } = spawnSync(binOf(repository, "vitest"), args, { encoding: "utf8", cwd: folder });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^ {3}2 of 2 test files, \d+ s$/m);
});
