/** The stories that the chapters tell: each one is lost by an earlier stage, and none by v4. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Story } from "../src/plan.ts";
import { type Outcome, runStory } from "../src/run.ts";
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

test.each(stories)("v1 behind a fence, and nothing else, ends right in the story %s", async (name) => {
  const { broken } = await runStory(stageOf("fence"), read(name), 1);
  expect(Object.keys(broken).filter((law) => law !== "a cancel saves work")).toEqual([]);
});

const ofV4 = (name: string): Story =>
  JSON.parse(readFileSync(new URL(`../../v4/stories/${name}`, import.meta.url), "utf8"));

test("the president dies between table and broker: v4's relay sends the command; planted: without a relay nobody ever wears BLUE", async () => {
  const story = ofV4("president-dies.json");
  for (const stage of [stageOf("v3"), stageOf("fence"), { ...stageOf("v4"), relays: false }])
    expect((await runStory(stage, story, 1)).broken).toHaveProperty("last command wins");
  expect((await runStory(stageOf("v4"), story, 1)).broken).toEqual({});
});

test("a job and a cancel with a revision that the table never gave stop nobody in v4; planted: without admission BLUE is dropped", async () => {
  const story = ofV4("forged-job.json");
  const open = await runStory({ ...stageOf("v4"), admits: false }, story, 1);
  expect(open.broken).toHaveProperty("last command wins");
  expect((await runStory(stageOf("v4"), story, 1)).broken).toEqual({});
});

const steady: Story = ofV4("steady-change.json");
const seeds = Array.from({ length: 50 }, (_, index) => index + 1);

/** The steps whose people nobody met before the last command was accepted. */
function unmetUntilTheLast({ trace }: Outcome): number[] {
  const last = trace.findLastIndex(({ type }) => type === "commanded");
  const met = new Set(trace.slice(0, last).flatMap((event) => (event.type === "painted" ? event.step : [])));
  return Array.from({ length: steady.steps }, (_, step) => step).filter((step) => !met.has(step));
}

test("while commands come faster than a job lasts, no job of v4 is finished and some people are never met; when they stop, all is right", async () => {
  for (const seed of seeds) {
    const outcome = await runStory(stageOf("v4"), steady, seed);
    expect(unmetUntilTheLast(outcome)).toEqual(expect.arrayContaining([5, 6, 7, 8, 9]));
    const finished = new Set(
      outcome.trace.flatMap((event) =>
        event.type === "painted" && event.step === steady.steps - 1 ? event.command.revision : [],
      ),
    );
    expect([...finished]).toEqual([steady.commands.length]);
    expect(outcome.broken).toEqual({});
  }
});

test("planted: when a job has the time to finish, everybody is met before the last command", async () => {
  const slower = { ...steady, commands: steady.commands.map((one) => ({ ...one, atMs: 4 * one.atMs })) };
  expect(unmetUntilTheLast(await runStory(stageOf("v4"), slower, 1))).toEqual([]);
});
