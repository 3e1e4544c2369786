/** Planted bugs of the classic kind are found, by each strategy, and their repairs hold in every order. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { BUGS, type Bug } from "../../bench/explore/bugs.ts";
import { findByExplore, findByFastCheck, ordersOfRepaired } from "../../bench/explore/searchers.ts";
import { sleep } from "../../src/index.ts";
import { bubble } from "../../src/testing/index.ts";

const KINDS: Readonly<Record<string, string>> = {
  "lost wake-up": "deadlock",
  "check, then act": "error",
  "closed twice": "panic",
  "late answer": "error",
  "closed by the receiver": "panic",
  "forgotten receive": "left behind",
  "dining philosophers": "deadlock",
  "starving select": "error",
  "narrow gap": "panic",
};

test("the kinds of bugs are these", () => {
  expect(BUGS.map(({ name }) => name)).toEqual(Object.keys(KINDS));
});

describe.each(BUGS)("$name", (bug: Bug) => {
  test("a test that runs it once is green", () =>
    bubble(() => bug.broken({ wait: () => sleep(0), mark: () => undefined }), {
      leftovers: "error",
      random: () => 0.9,
    }));

  test("is found when all orders are tried", async () => {
    expect((await findByExplore(bug, {}))?.kind).toBe(KINDS[bug.name]);
  });

  test("is found by pct, and made as small as by all", async () => {
    const all = await findByExplore(bug, {});
    const pct = await findByExplore(bug, { orders: 1000, strategy: "pct", seed: 1 });
    expect(pct).toMatchObject({ steps: all?.steps, preemptions: all?.preemptions });
  });

  test("its repair holds in every order", async () => {
    expect(await ordersOfRepaired(bug)).toBeGreaterThan(1);
  });
});

test("where the order of chan's own operations or its timers decide, fast-check's scheduler finds nothing", async () => {
  const forgotten = BUGS.find(({ name }) => name === "forgotten receive") as Bug;
  expect(await findByFastCheck(forgotten, 1)).toBeUndefined();
  const lost = BUGS.find(({ name }) => name === "lost wake-up") as Bug;
  expect(await findByFastCheck(lost, 1)).toBeLessThan(50);
});

test("the example for node:test passes", { timeout: 60_000 }, () => {
  const file = fileURLToPath(new URL("../examples/find-the-race.node.ts", import.meta.url));
  // Node's runner would take a program that it starts within vitest's worker for one of its own.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = ["--import", "tsx", "--test-reporter", "tap", "--test", file];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8", env });
  expect(stdout).toContain("# pass 2");
  expect(status).toBe(0);
});
