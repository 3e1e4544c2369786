import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";
import { expect, test } from "vitest";

test("a scene that was written by --json is drawn: the events of its nodes, without the outcome's line", () => {
  const trace = readFileSync(new URL("traces/v1-overtaken.jsonl", import.meta.url), "utf8");
  const main = fileURLToPath(new URL("../src/draw-main.ts", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [...programArgs(main), "Two", "nodes"], {
    input: `${trace}{"scene":"v1, 2 nodes","verdicts":[]}\n`,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("<title>Two nodes</title>");
  expect(stdout).toMatch(/fill="url\(#purple\)"[\s\S]*fill="url\(#blue\)"/);
});
