import { beforeEach, expect, test } from "vitest";
import { presets } from "../../src/modes/watch/presets.ts";
import { play, problem, show, wanted } from "../../src/modes/watch/state.ts";

const { overtaken } = presets;
const impossible = { ...overtaken, story: { ...overtaken.story, steps: 0 } };

beforeEach(() => {
  show.value = undefined;
  problem.value = undefined;
});

test("an impossible story leaves what is played, and a possible one takes the complaint away", async () => {
  await play(overtaken, true);
  await play(impossible, true);
  expect(problem.value).toBe("steps must be a whole number from 1 to 1000, not 0");
  expect(wanted.value).toBe(impossible);
  expect(show.value?.state).toBe(overtaken);
  await play(overtaken, true);
  expect(problem.value).toBeUndefined();
});

test("an impossible story that comes before the first one has played takes nothing away", async () => {
  await Promise.all([play(overtaken, true), play(impossible, true)]);
  expect(show.value?.state).toBe(overtaken);
  expect(problem.value).toContain("steps");
});

test("of two possible ones the newer one is shown", async () => {
  const newer = { ...overtaken, seed: 2 };
  await Promise.all([play(overtaken, true), play(newer, true)]);
  expect(show.value?.state).toBe(newer);
});
