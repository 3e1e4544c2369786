import { afterAll, describe, expect, it } from "vitest";
import { format } from "../src/problem.ts";
import { changedLines, checkStage, readStages } from "../src/stages.ts";
import { removeModel, type SmallTree, smallTree } from "./small-tree.ts";

afterAll(removeModel);

function problems({ root }: SmallTree): string[] {
  return readStages(root).flatMap((stage) => checkStage(root, stage).map(format));
}

describe("a stage", () => {
  it("differs from the one before only in the regions it names", async () => {
    using tree = await smallTree();
    expect(problems(tree)).toEqual([]);
    tree.edit("packages/v2/src/worker.ts", "const job", "const task");
    expect(problems(tree)).toEqual([
      'packages/v2/src/worker.ts:4: outside the regions of packages/v2/stage.json this differs from packages/v1/src/worker.ts:4: "for (const job of jobs) {" became "for (const task of jobs) {": make them equal, or name a region',
      'packages/v2/stage.json:1: the change from v1 is 4 lines, "linesMax" is 2: make it smaller, or raise it and say why',
    ]);
  });

  it("differs where a line is missing at the end", async () => {
    using tree = await smallTree();
    tree.write("packages/v1/src/worker.ts", `${tree.read("packages/v1/src/worker.ts")}finish();\n`);
    expect(problems(tree)[0]).toBe(
      'packages/v2/src/worker.ts:9: outside the regions of packages/v2/stage.json this differs from packages/v1/src/worker.ts:10: "finish();" became nothing: make them equal, or name a region',
    );
  });

  it("may not move a region past a line that both have", async () => {
    using tree = await smallTree();
    const step = "  // #region step\n  repaint(job);\n  // #endregion step\n";
    tree.edit("packages/v2/src/worker.ts", step, "");
    tree.edit("packages/v2/src/worker.ts", "// #region loop\n", `${step}// #region loop\n`);
    expect(problems(tree)[0]).toMatch(/^packages\/v2\/src\/worker\.ts:3: outside the regions/);
  });

  it("has its own imports", async () => {
    using tree = await smallTree();
    tree.edit("packages/v2/src/worker.ts", "./other.ts", "./another.ts");
    tree.edit("packages/v2/stage.json", ":2}", ":4}");
    expect(problems(tree)).toEqual([]);
  });

  it("names only regions that one of the two has", async () => {
    using tree = await smallTree();
    tree.edit("packages/v2/stage.json", '"step"', '"step","stop"');
    expect(problems(tree)).toEqual([
      'packages/v2/stage.json:1: no region "stop" in packages/v1/src/worker.ts or packages/v2/src/worker.ts: take it out of "regions"',
    ]);
  });

  it("counts added and removed lines, without the markers", async () => {
    using tree = await smallTree();
    const [, v2] = readStages(tree.root);
    expect(v2 && changedLines(tree.root, v2)).toBe(2);
  });
});
