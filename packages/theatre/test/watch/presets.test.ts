/** Each story shows what the page says about it. */
import { runStory, stageOf } from "@shirts/sim";
import { describe, expect, test } from "vitest";
import { decodeAs, encode } from "../../src/link/link.ts";
import { fromLink, toLink } from "../../src/modes/watch/link.ts";
import { type PresetName, presetNames, presetOf, presets } from "../../src/modes/watch/presets.ts";
import type { WatchState } from "../../src/modes/watch/state.ts";
import { overRuns } from "../../src/picture/people-state.ts";
import { endingOf } from "../../src/player/ending.ts";
import { Timeline } from "../../src/scene/timeline.ts";

interface Played {
  readonly stage: string;
  readonly wrong: number;
  readonly refused: number;
  /** People in an older shirt that was painted over the newest one. */
  readonly over: number;
  readonly types: ReadonlySet<string>;
  readonly sentence: string;
}

async function playOn(stage: string, { story, seed }: WatchState): Promise<Played> {
  const { trace, verdict } = await runStory(stageOf(stage), story, seed);
  const end = new Timeline(trace, story.steps).at(trace.length);
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  return {
    stage,
    wrong: sum(verdict.map((one) => one.wrong)),
    refused: sum(verdict.map((one) => one.refused)),
    over: sum(end.areas.flatMap((area) => overRuns(end, area)).map(({ from, until }) => until - from)),
    types: new Set(trace.map(({ type }) => type)),
    sentence: endingOf(trace, story.steps)?.sentence ?? "",
  };
}

/** What is not so, of what the page says about each story. */
const says: Record<PresetName, (first: Played, second: Played) => string[]> = {
  overtaken: (v1, v2) => [
    ...(v1.over > 0 && v1.wrong === v1.over ? [] : ["v1: PURPLE is painted over BLUE"]),
    ...(v2.wrong === 0 && v2.types.has("stopped") ? [] : ["v2 cancels, and is right"]),
  ],
  crossing: (v2, v4) => [
    ...(/stopped BLUE .* heard n\d's cancel, which was not newer/.test(v2.sentence)
      ? []
      : ["v2: the older cancel stops the newer job"]),
    ...(v2.wrong > 0 && v4.wrong === 0 ? [] : ["v2 wrong, v4 right"]),
  ],
  frozen: (v3, v4) => [
    ...(v3.wrong > 0 && v3.over > 0 && v3.types.has("paused") ? [] : ["v3 is wrong after a pause"]),
    ...(v4.wrong === 0 && v4.refused > 0 ? [] : ["v4 refuses"]),
  ],
  fence: (without, with_) => [
    ...(without.wrong === 1 && without.over === 1 ? [] : ["one step makes the difference"]),
    ...(with_.wrong === 0 && with_.refused === 1 ? [] : ["the fence refuses that one"]),
  ],
  lost: (v2, v4) => [
    ...(v2.over > 0 ? [] : ["v2 paints on"]),
    ...(v4.wrong === 0 && v4.refused > 0 ? [] : ["v4 refuses"]),
  ],
  alone: (fenced, v4) => [
    ...(fenced.over === 0 && fenced.wrong > 0 && /which was not newer/.test(fenced.sentence)
      ? []
      : ["no old step lands, and the wrong cancel wins"]),
    ...(v4.wrong === 0 ? [] : ["v4 is right"]),
  ],
  one: (v1) => (v1.wrong === 0 ? [] : ["right"]),
  million: (v4) => [
    ...(v4.wrong === 0 ? [] : ["right"]),
    ...(["paused", "crashed", "disconnected"].every((type) => v4.types.has(type)) ? [] : ["three faults"]),
  ],
};

async function lies(name: PresetName, state: WatchState): Promise<string[]> {
  const played = [];
  for (const stage of state.stages) played.push(await playOn(stage, state));
  const [first, second = first] = played;
  return first && second ? says[name](first, second) : ["no stage"];
}

describe("the stories", () => {
  test.each(presetNames)("%s shows what it says", async (name) => {
    expect(await lies(name, presets[name])).toEqual([]);
  });

  test("planted: a story without its race is noticed", async () => {
    const { overtaken, frozen } = presets;
    const late = {
      ...overtaken.story,
      commands: overtaken.story.commands.map((one, i) => ({ ...one, atMs: i * 5000 })),
    };
    expect(await lies("overtaken", { ...overtaken, story: late })).not.toEqual([]);
    expect(await lies("frozen", { ...frozen, story: { ...frozen.story, faults: [] } })).not.toEqual([]);
  });

  test.each(presetNames)("%s goes into a link, and comes out of it", async (name) => {
    const state: WatchState = { ...presets[name], position: 7 };
    const link = await encode("watch", toLink(state));
    const decoded = await decodeAs("watch", link);
    expect(decoded.ok && fromLink(decoded.value)).toEqual(state);
  });
});

test.each(presetNames)("%s: a link to a moment of it is still the same story", async (name) => {
  const decoded = await decodeAs("watch", await encode("watch", toLink({ ...presets[name], position: 3 })));
  expect(decoded.ok && presetOf(fromLink(decoded.value))).toBe(name);
});

test("planted: a preset with another seed, another pace or one more fault is a story of one's own", () => {
  const { frozen } = presets;
  const [first, second] = frozen.story.nodes;
  expect(presetOf({ ...frozen, seed: 2 })).toBeUndefined();
  expect(presetOf({ ...frozen, story: { ...frozen.story, faults: [] } })).toBeUndefined();
  const nodes = [{ paceMs: (first?.paceMs ?? 0) + 1 }, { paceMs: second?.paceMs ?? 0 }];
  expect(presetOf({ ...frozen, story: { ...frozen.story, nodes } })).toBeUndefined();
  expect(presetOf(undefined)).toBeUndefined();
});
