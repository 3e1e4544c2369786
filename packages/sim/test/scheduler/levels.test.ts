import { describe, expect, test } from "vitest";
import { playChoices } from "../../src/index.ts";
import { type Level, levels, positionAfter, scheduleOf, solve } from "../../src/scheduler/index.ts";

const winnable = levels.filter(({ fewest }) => fewest !== undefined);

/** A level by a name of its own in a test's title. */
const named = (list: readonly Level[]) => list.map((level) => [level.id, level] as const);

describe.each(named(winnable))("%s", (_, level) => {
  test("is won by its own shortest counterexample, in the fewest moves that the page says", async () => {
    const { moves } = await solve(level, []);
    expect(moves?.length).toBe(level.fewest);
    const end = await positionAfter(level, moves ?? []);
    expect(end.result).toBe("purple");
    const played = await playChoices(scheduleOf(end));
    expect(played.verdict).toEqual(end.verdict);
    expect(played.trace).toEqual(end.trace);
    expect(played.verdict[0]?.wrong).toBeGreaterThan(0);
  });
});

test.each(named(levels.filter(({ fault }) => fault)))(
  "%s: without its fault PURPLE cannot win",
  async (_, level) => {
    const { fault: _none, ...without } = level;
    expect(await solve(without, [])).toMatchObject({ moves: undefined });
  },
);

test.each(named(winnable.filter(({ fault, id }) => !fault && id !== "v1")))(
  "%s: with nothing late PURPLE cannot win",
  async (_, level) => {
    expect(await solve({ ...level, late: [] }, [])).toMatchObject({ moves: undefined });
  },
);

test("planted: with the fence taken from v4, PURPLE wins", async () => {
  const v4 = levels.find(({ id }) => id === "v4") as Level;
  expect((await solve({ ...v4, late: ["statement"], stage: "no-fence" }, [])).moves).toBeDefined();
  expect((await solve({ ...v4, late: ["statement"] }, [])).moves).toBeUndefined();
});

test("v4's level is the whole story that is counted: nothing happens by itself but what must", async () => {
  const v4 = levels.find(({ id }) => id === "v4") as Level;
  expect(v4.late.toSorted()).toEqual(["cancel", "coin", "job", "redelivery", "statement"]);
  const { moves, choices } = await positionAfter(v4, ["job c1.1→n1", "command 1"]);
  expect(choices).toEqual(moves);
});
