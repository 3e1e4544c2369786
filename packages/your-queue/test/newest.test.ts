/**
 * The newest pg-boss and Graphile Worker, which need a newer Node than ours: OTHER_NODE names one, NEWEST_QUEUES the folder
 * with the two (.ci/run gets both). Our files are the same.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const TSX = import.meta.resolve("tsx");
const { OTHER_NODE: otherNode = "", NEWEST_QUEUES: folder } = process.env;
const isHere = otherNode !== "" && folder !== undefined;
const title = isHere ? "on a newer Node" : "on a newer Node: skipped, OTHER_NODE and NEWEST_QUEUES name none";

describe.skipIf(!isHere)(title, () => {
  test.each([
    ["pg-boss", /^pg-boss 1[2-9]\./],
    ["graphile-worker", /^Graphile Worker (0\.1[89]|[1-9])/],
  ])("the newest %s has the bug, and the fence helps", (queue, name) => {
    for (const [flags, end] of [
      [[], "✗ 70 of 100 wear PURPLE, 30 BLUE; BLUE is commanded"],
      [["--fence"], "✓ 100 of 100 wear BLUE; BLUE is commanded"],
    ] as const) {
      const args = ["--import", TSX, MAIN, queue, ...flags];
      const { status, stdout, stderr } = spawnSync(otherNode, args, { encoding: "utf8" });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(name);
      expect(stdout.trimEnd().split("\n").at(-1)).toBe(end);
    }
  });
});
