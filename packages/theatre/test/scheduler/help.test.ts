import { afterEach, describe, expect, test, vi } from "vitest";
import { encode } from "../../src/link/link.ts";
import { SETTING } from "../../src/modes/chance/setting.ts";
import { hintFor } from "../../src/scheduler/hint.ts";
import { keptOrders } from "../../src/scheduler/kept-counts.ts";
import { type Level, levels } from "../../src/scheduler/levels.ts";
import { linkOf, openLink } from "../../src/scheduler/saved.ts";
import { addWin, readScore } from "../../src/scheduler/score.ts";
import { positionAfter } from "../../src/scheduler/session.ts";

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

describe("the score", () => {
  test.each([
    ["nothing", null, {}],
    ["no JSON", "{", {}],
    ["no object", "7", {}],
    ["a list", "[3]", {}],
    [
      "levels that are none, and moves that are none",
      '{"v1":3,"v9":1,"v3":-1,"v2-cross":"4","v4":0}',
      { v1: 3, v4: 0 },
    ],
  ])("of a browser that kept %s", (_, kept, score) => {
    expect(readScore({ getItem: () => kept })).toEqual(score);
  });

  test("keeps the fewest moves, and goes on where nothing can be kept", () => {
    const kept: string[] = [];
    const storage = { setItem: (_: string, value: string) => void kept.push(value) };
    const once = addWin({}, "v1", 5, storage);
    expect(addWin(once, "v1", 7, storage)).toEqual({ v1: 5 });
    expect(addWin(once, "v1", 3, storage)).toEqual({ v1: 3 });
    expect(kept.map((text) => JSON.parse(text))).toEqual([{ v1: 5 }, { v1: 5 }, { v1: 3 }]);
    const full = {
      getItem: () => {
        throw new Error("forbidden");
      },
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(readScore(full)).toEqual({});
    expect(addWin({}, "v1", 5, full)).toEqual({ v1: 5 });
  });
});

describe("a link", () => {
  test("opens as the game that it was made of", async () => {
    const position = await positionAfter(levelNamed("v2-crash"), ["command 0", "crash n1", "command 1"]);
    const link = await linkOf(position);
    expect(link.length).toBeLessThan(200);
    expect(await openLink(link)).toMatchObject({
      position: { moves: position.moves, trace: position.trace },
    });
  });

  test("with a move that cannot happen any more opens up to it, and says so", async () => {
    const opened = await openLink(
      await encode("schedule", { level: "v1", moves: ["command 1", "pace n7 1"] }),
    );
    expect(opened).toMatchObject({
      position: { moves: ["command 1"] },
      note: expect.stringContaining('"pace n7 1"'),
    });
  });

  test.each([
    [() => encode("schedule", { level: "v99", moves: [] }), '"v99"'],
    [() => encode("chance", { axis: "gap", mark: 1, setting: SETTING }), "chance"],
    [async () => "nonsense", "does not open"],
  ])("%#: that is none of a game says why", async (link, why) => {
    expect(await openLink(await link())).toEqual({ why: expect.stringContaining(why) });
  });
});

describe("the count in a Web Worker", () => {
  afterEach(() => vi.unstubAllGlobals());

  /** Runs the worker's program here, and returns all that it posts. */
  async function posted(id: string) {
    const told: {
      readonly type: string;
      readonly ways?: number;
      readonly wrong?: number;
      readonly why?: string;
    }[] = [];
    let ask: (event: { data: string }) => void = () => {};
    const ended = new Promise<void>((resolve) => {
      vi.stubGlobal("postMessage", (counted: (typeof told)[number]) => {
        told.push(counted);
        if (counted.type !== "so far") resolve();
      });
    });
    vi.stubGlobal("addEventListener", (_: string, listener: typeof ask) => {
      ask = listener;
    });
    vi.resetModules();
    await import("../../src/workers/count.ts");
    ask({ data: id });
    await ended;
    return told;
  }

  test.each(["v1", "v2-cross", "v3-fence"])(
    "%s: counts all orders, as the simulator's tests do",
    async (id) => {
      const told = await posted(id);
      expect(told.at(-1)).toMatchObject({ type: "done", ways: keptOrders(levelNamed(id)) });
      expect(told.at(-1)?.wrong).toBeGreaterThan(0);
    },
  );

  test("says why it cannot", async () => {
    expect(await posted("v99")).toEqual([{ type: "failed", why: 'Error: there is no level "v99"' }]);
  });

  test("v4's number is kept with the simulator", () => {
    expect(keptOrders(levelNamed("v4"))).toBe(6_930_381);
  });
});
