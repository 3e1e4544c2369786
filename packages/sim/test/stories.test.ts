/** The stories that the chapter "what a broadcast cannot do" tells: each one is lost by an earlier stage, and none by v4. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Story } from "../src/plan.ts";
import { runStory } from "../src/run.ts";
import { stageOf } from "../src/stages.ts";

const folder = new URL("../../v3/stories/", import.meta.url);
const read = (name: string): Story => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const stories = readdirSync(folder).filter((name) => name.endsWith(".json"));
/** With a prefetch of 1 and both nodes taken, only v2's newer command has to wait. */
const onV2 = new Set(["full-prefetch.json"]);

test.each(stories)("v2 or v3 loses the story %s, and v4 keeps every law", async (name) => {
  const story = read(name);
  const early = await runStory(stageOf(onV2.has(name) ? "v2" : "v3"), story, 1);
  expect(early.broken).toHaveProperty(
    onV2.has(name) ? "no step after a newer command was accepted" : "last command wins",
  );
  expect((await runStory(stageOf("v4"), story, 1)).broken).toEqual({});
});
