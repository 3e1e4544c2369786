import { describe, expect, test } from "vitest";
import { hintFor, type Level, levels, positionAfter } from "../../src/scheduler/index.ts";

const levelNamed = (name: string): Level => levels.find(({ id }) => id === name) as Level;
const named = (list: readonly Level[]) => list.map((level) => [level.id, level] as const);

describe("hints", () => {
  test.each(named(levels.filter(({ fewest }) => fewest !== undefined)))(
    "%s: whoever follows them wins in the fewest moves",
    async (_, level) => {
      const dead = new Set<string>();
      let position = await positionAfter(level, []);
      for (;;) {
        const hint = await hintFor(position, dead);
        if (hint.kind !== "next") break;
        position = await positionAfter(level, [...position.moves, hint.way]);
      }
      expect([position.result, position.moves.length]).toEqual(["purple", level.fewest]);
    },
  );

  test("from a place where PURPLE cannot win, they say how many moves to take back, and then it can", async () => {
    const level = levelNamed("v1");
    const lost = ["pace n1 1", "pace n1 2"];
    const hint = await hintFor(await positionAfter(level, lost), new Set());
    expect(hint).toEqual({ kind: "undo", moves: 1 });
    expect(await hintFor(await positionAfter(level, lost.slice(0, -1)), new Set())).toMatchObject({
      kind: "next",
    });
  });

  test("what was learned about lost places changes no hint", async () => {
    const dead = new Set<string>();
    const level = levelNamed("v2-cross");
    const position = await positionAfter(level, ["command 1", "cancel n2!1→n1"]);
    const first = await hintFor(position, dead);
    expect(dead.size).toBeGreaterThan(0);
    expect(await hintFor(position, dead)).toEqual(first);
    expect(await hintFor(await positionAfter(level, []), dead)).toEqual(
      await hintFor(await positionAfter(level, []), new Set()),
    );
  });

  test("in v4 there is none", async () => {
    expect(await hintFor(await positionAfter(levelNamed("v4"), []), new Set())).toEqual({ kind: "never" });
  });
});
