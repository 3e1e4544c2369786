import { type Level, levels, positionAfter } from "@shirts/sim/scheduler";
import { afterEach, describe, expect, test, vi } from "vitest";
import { decodeAs, encode } from "../../src/link/link.ts";
import { SETTING } from "../../src/modes/chance/setting.ts";
import { keptOrders } from "../../src/scheduler/kept-counts.ts";
import { linkOf, openSaved } from "../../src/scheduler/saved.ts";
import { addWin, readScore } from "../../src/scheduler/score.ts";
import { text } from "../../src/text.ts";

const levelNamed = (name: string): Level => levels.find(({ id }) => id === name) as Level;

test("each level has a text, and each but the last says what was learned", () => {
  for (const { id, fewest } of levels) {
    const { name, scene, learned } = text.schedule.levels[id] ?? {};
    expect([name, scene].every(Boolean)).toBe(true);
    expect(Boolean(learned)).toBe(fewest !== undefined);
  }
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
    const decoded = await decodeAs("schedule", link);
    expect(decoded.ok && (await openSaved(decoded.value))).toMatchObject({
      position: { moves: position.moves, trace: position.trace },
    });
  });

  test("with a move that cannot happen any more opens up to it, and says so", async () => {
    const opened = await openSaved({ level: "v1", moves: ["command 1", "pace n7 1"] });
    expect(opened).toMatchObject({
      position: { moves: ["command 1"] },
      note: expect.stringContaining('"pace n7 1"'),
    });
  });

  test("of a level that is not here says why", async () => {
    expect(await openSaved({ level: "v99", moves: [] })).toEqual({ why: expect.stringContaining('"v99"') });
  });

  test.each([
    [() => encode("chance", { axis: "gap", mark: 1, setting: SETTING }), "chance"],
    [async () => "nonsense", "does not open"],
  ])("%#: that is none of a game says why", async (link, why) => {
    expect(await decodeAs("schedule", await link())).toEqual({
      ok: false,
      why: expect.stringContaining(why),
    });
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
