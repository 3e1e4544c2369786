import { runStory, stageOf } from "@shirts/sim";
import { expect, test } from "vitest";
import { count, type Plan } from "../../src/modes/chance/count.ts";
import { axes, POINTS, pointAt, SETTING, storyAt, valueAt } from "../../src/modes/chance/setting.ts";
import { emptyTally, storiesOf, type Tally } from "../../src/modes/chance/tally.ts";

const stages = ["v1", "v4"];
const plan = (stories: number): Plan => ({ axis: "gap", setting: SETTING, stages, stories });
const empty = emptyTally(stages.length, POINTS);

/** Counts until `most` stories have been played. */
async function counted(from: Tally, stories: number, most = Number.POSITIVE_INFINITY): Promise<Tally> {
  let tally = from;
  let played = 0;
  const tell = (told: Tally): void => {
    tally = told;
  };
  await count(plan(stories), from, { tell, mayGoOn: () => played++ < most });
  return tally;
}

test("each cell is its stage, its story and the seeds from 1, one after the other", async () => {
  const seeds = 8;
  const tally = await counted(empty, seeds);
  // Where some stories are wrong and some right, a seed makes a difference.
  expect(tally[0]?.some(({ wrong }) => wrong > 0 && wrong < seeds)).toBe(true);
  for (const [row, stage] of stages.entries())
    for (let point = 0; point < POINTS; point += 3) {
      let wrong = 0;
      for (let seed = 1; seed <= seeds; seed++) {
        const { broken } = await runStory(stageOf(stage), storyAt(SETTING, "gap", point), seed);
        if ("last command wins" in broken) wrong++;
      }
      expect(tally[row]?.[point]).toMatchObject({ stories: seeds, wrong });
    }
});

test("a count that was ended at any story goes on as if nothing had been", async () => {
  const whole = await counted(empty, 2);
  for (const most of [0, 1, 26, 50, 51, 99]) {
    const part = await counted(empty, 2, most);
    expect(storiesOf(part)).toBe(most);
    expect(await counted(part, 2)).toEqual(whole);
  }
});

test("v1 is wrong with commands at once, and v4 nowhere", async () => {
  const [v1, v4] = await counted(empty, 5);
  expect(v1?.[0]?.wrong).toBe(5);
  expect(v4?.map(({ wrong }) => wrong)).toEqual(Array(POINTS).fill(0));
});

test("the hint is true: v2 and v3 are alike on two nodes, and part on one node with a slow network", async () => {
  const counted = async (stage: string, nodes: number) => {
    const outcomes: boolean[] = [];
    for (let seed = 1; seed <= 60; seed++) {
      const story = storyAt({ ...SETTING, nodes }, "network", POINTS - 1);
      outcomes.push("last command wins" in (await runStory(stageOf(stage), story, seed)).broken);
    }
    return outcomes;
  };
  expect(await counted("v3", 2)).toEqual(await counted("v2", 2));
  expect(await counted("v2", 1)).not.toContain(true);
  expect(await counted("v3", 1)).toContain(true);
});

test.each(axes)(
  "the axis %s changes one value from point to point, and finds the point of a value",
  (axis) => {
    const stories = Array.from({ length: POINTS }, (_, point) =>
      JSON.stringify(storyAt(SETTING, axis, point)),
    );
    expect(new Set(stories).size).toBe(POINTS);
    for (let point = 0; point < POINTS; point++) expect(pointAt(axis, valueAt(axis, point))).toBe(point);
    expect(pointAt(axis, -1000)).toBe(0);
    expect(pointAt(axis, 100_000)).toBe(POINTS - 1);
  },
);
