import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";
import { isAlive, someOf } from "@shirts/command-line/testing";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** Runs the program on PGlite, and on no server that the environment names. */
function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [...programArgs(MAIN, { fromSource: true }), ...args], {
    encoding: "utf8",
    env: { ...process.env, DATABASE_URL: "", ...env },
  });
}

test.each(someOf(1, [[["plain", "--fence"]], [["plain", "--", "--fence"]]]))(
  "--fence is understood with and without two dashes: %j",
  (args) => {
    const { status, stdout } = run(args);
    expect(stdout).toContain("plain PostgreSQL, with a fence, on PGlite");
    expect(stdout).toMatch(/✓ 100 of 100 wear BLUE; BLUE is commanded\n$/);
    expect(status).toBe(0);
  },
);

/** A play takes seconds of a core. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

inCi(
  "several plays are one line, and wrong without a fence is what was expected: exit code 0 (in CI)",
  () => {
    const { status, stdout } = run(["plain", "--plays", "2"]);
    expect(stdout).toBe("plain PostgreSQL, as it is, on PGlite\n✗ wrong in 2 of 2 plays\n");
    expect(status).toBe(0);
  },
);

test.each(
  someOf(1, [
    [[], /^your-queue: Which queue\? One of plain, bullmq/],
    [["kafka"], /^your-queue: Which queue\? One of plain, bullmq/],
    [["plain", "--fense"], /^your-queue: There is no flag --fense/],
    [["plain", "--plays", "0"], /^your-queue: --plays takes a whole number from 1 to 1000, not "0"/],
  ]),
)("bad words are one line and exit code 2: %j", (args, line) => {
  const { status, stdout, stderr } = run(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

inCi(
  "a library that this Node cannot run is one line and exit code 2, and nothing is started (in CI)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "shirts-newest-"));
    try {
      const library = join(folder, "node_modules/pg-boss");
      mkdirSync(library, { recursive: true });
      const facts = { name: "pg-boss", version: "99.1.0", engines: { node: ">=99.12.0" } };
      writeFileSync(join(library, "package.json"), JSON.stringify(facts));
      const { status, stdout, stderr } = run(["pg-boss"], { NEWEST_QUEUES: folder });
      const line = `your-queue: pg-boss 99.1.0 needs Node >=99.12.0, and this is ${process.versions.node}.\n`;
      expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: line });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test("no Redis is one line that says what to do, and exit code 2", () => {
  const env = { REDIS_URL: "", SHIRTS_REDIS: "999", SHIRTS_SERVERS: "" };
  const { status, stdout, stderr } = run(["bullmq"], env);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(
    /^your-queue: This queue needs Redis: Redis 999 is not on this machine.*REDIS_URL=redis:.*\n$/,
  );
});

test.each(
  someOf(1, [
    // Nothing hears it; a process beside it wakes the worker, which then finds that nobody is there.
    ["SIGKILL", null],
    ["SIGTERM", 143],
  ]),
)("%s in the middle of a play ends it, and the frozen worker with it", async (signal, code) => {
  const main = spawn(process.execPath, [...programArgs(MAIN, { fromSource: true }), "plain"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, DATABASE_URL: "" },
  });
  const ended = new Promise<number | null>((resolve) => main.on("exit", resolve));
  for await (const line of createInterface({ input: main.stdout })) if (line.endsWith("is frozen")) break;
  const children = execFileSync("pgrep", ["-P", String(main.pid)], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map(Number);
  main.kill(signal);
  expect(await ended).toBe(code);
  expect(children.length).toBeGreaterThan(0);
  await expect.poll(() => children.filter(isAlive)).toEqual([]);
});
