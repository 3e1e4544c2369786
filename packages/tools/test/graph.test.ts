import { afterAll, expect, it } from "vitest";
import { graph } from "../src/graph.ts";
import { removeModel, smallTree } from "./small-tree.ts";

afterAll(removeModel);

const manifest = (name: string, needs: string[]) =>
  JSON.stringify({
    name: `@small/${name}`,
    dependencies: Object.fromEntries(needs.map((it) => [`@small/${it}`, "workspace:*"])),
  });

it("the picture has all dots below the diagonal", async () => {
  using tree = await smallTree();
  tree.write("packages/basics/package.json", manifest("basics", ["v2"]));
  tree.write("packages/v1/package.json", manifest("v1", ["basics", "v2"]));
  expect(graph(tree.root)).toEqual([
    "```text",
    "● needs it in its sources   ○ needs it in its tests or exercises only",
    "",
    "           1  2  3",
    " 1 v2      ╲",
    " 2 basics  ●  ╲",
    " 3 v1      ●  ●  ╲",
    "```",
  ]);
});

it("packages that need each other in a circle have no picture", async () => {
  using tree = await smallTree();
  tree.write("packages/basics/package.json", manifest("basics", ["v1"]));
  tree.write("packages/v1/package.json", manifest("v1", ["basics"]));
  expect(graph(tree.root)).toBe("packages need each other in a circle: basics, v1: turn one arrow round");
});
