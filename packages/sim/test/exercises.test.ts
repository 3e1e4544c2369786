import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Story } from "../src/plan.ts";
import { runStory } from "../src/run.ts";
import { stageOf } from "../src/stages.ts";

const file = new URL("../try/purple-wins.json", import.meta.url);
const exercise: Story = JSON.parse(readFileSync(file, "utf8"));

test("purple-wins: as it stands, BLUE wins in v2; with one number changed, PURPLE does", async () => {
  const late: Story = { ...exercise, delays: { "cancel n2!1→n1": 200 } };
  const early: Story = { ...exercise, delays: { "cancel n2!1→n1": 2 } };
  const [before, after] = [await runStory(stageOf("v2"), early, 1), await runStory(stageOf("v2"), late, 1)];
  expect(before.broken).not.toHaveProperty("last command wins");
  expect(after.broken).toHaveProperty("last command wins");
  expect((await runStory(stageOf("v4"), late, 1)).broken).not.toHaveProperty("last command wins");
});
