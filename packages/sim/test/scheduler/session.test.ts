import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { playChoices, readSchedule } from "../../src/index.ts";
import {
  buttonsOf,
  type Level,
  levels,
  NoSuchMoveError,
  type Position,
  positionAfter,
  scheduleOf,
} from "../../src/scheduler/index.ts";

const levelNamed = (name: string): Level => levels.find(({ id }) => id === name) as Level;

/** Somebody who presses any button, given as numbers; at the end of the numbers, the first one. */
async function wander(
  level: Level,
  numbers: readonly number[],
  look: (position: Position) => void,
): Promise<Position> {
  let position = await positionAfter(level, []);
  for (let i = 0; position.result === undefined; i++) {
    look(position);
    const buttons = buttonsOf(position);
    const { way } = buttons[(numbers[i] ?? 0) % buttons.length] as { way: string };
    position = await positionAfter(level, [...position.moves, way]);
  }
  return position;
}

const anyLevel = fc.constantFrom(...levels);
const anyMoves = fc.array(fc.nat(6), { maxLength: 30 });

test("whoever presses any buttons comes to an end, and its verdict is the simulator's own", async () => {
  const results = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyLevel, anyMoves, async (level, numbers) => {
      const end = await wander(level, numbers, ({ ways }) => expect(ways.length).toBeGreaterThan(1));
      const played = await playChoices(readSchedule(JSON.parse(JSON.stringify(scheduleOf(end)))));
      expect(played.verdict).toEqual(end.verdict);
      const isWrong = played.verdict.some(({ wrong }) => wrong > 0);
      expect(end.result === "blue").toBe(!isWrong);
      if (!end.isFaultLeft) expect("last command wins" in played.broken).toBe(isWrong);
      expect(level.id === "v4" && end.result === "purple").toBe(false);
      results.add(end.result ?? "");
    }),
    { numRuns: 150, seed: 13 },
  );
  expect([...results].sort()).toEqual(["blue", "none", "purple"]);
});

test("no two buttons of a place say the same, and each says more than the simulator's name", async () => {
  await fc.assert(
    fc.asyncProperty(anyLevel, anyMoves, async (level, numbers) => {
      await wander(level, numbers, (position) => {
        const said = buttonsOf(position).map(({ label, detail }) => `${label} ${detail}`);
        expect(new Set(said).size).toBe(said.length);
        for (const { way, label } of buttonsOf(position)) expect(label).not.toBe(way);
      });
    }),
    { numRuns: 100, seed: 7 },
  );
});

test("undo and the same move again give the same state", async () => {
  await fc.assert(
    fc.asyncProperty(anyLevel, anyMoves, fc.nat(20), async (level, numbers, back) => {
      const end = await wander(level, numbers, () => {});
      const kept = end.moves.slice(0, Math.max(0, end.moves.length - back));
      const before = await positionAfter(level, kept);
      expect(before.trace).toEqual(end.trace.slice(0, before.trace.length));
      const { key: _, ...again } = await positionAfter(level, end.moves);
      const { key: __, ...first } = end;
      expect(again).toEqual(first);
    }),
    { numRuns: 60, seed: 5 },
  );
});

describe("a move that cannot happen is told in one line", () => {
  test.each([
    [["command 9"], 'move 1, "command 9", cannot happen there; what can: command 1, pace n1 1'],
    [
      ["command 1", "pace n2 1", "pace n2 2", "pace n1 1"],
      "the story is over after 3 moves, and there are 4. PURPLE has won: take the rest away",
    ],
  ])("%j", async (moves, line) => {
    await expect(positionAfter(levelNamed("v1"), moves)).rejects.toThrow(new NoSuchMoveError(line));
  });
});

test("the buttons say what would happen", async () => {
  const say = async (level: string, moves: string[]) =>
    buttonsOf(await positionAfter(levelNamed(level), moves)).map(({ label, detail }) => [label, detail]);
  expect(await say("v1", [])).toEqual([
    ["the president commands BLUE", undefined],
    ["n1 takes a step", "PURPLE, person 1"],
  ]);
  expect(await say("v2-cross", ["command 1"])).toEqual([
    ["n1 takes a step", "PURPLE, person 1"],
    ["n1 hears n2's cancel", "sent with BLUE"],
    ["n2 takes a step", "BLUE, person 1"],
    ["n2 hears n1's cancel", "sent with PURPLE"],
  ]);
  expect((await say("v2-freeze", ["command 0"])).map(([label]) => label)).toContain("n2 freezes");
  expect((await say("v2-crash", ["command 0"])).map(([label]) => label)).toContain("n2 dies");
  const again = await say("v2-crash", ["command 0", "crash n1", "command 1"]);
  expect(again.map(([label]) => label)).toContain("the broker hands PURPLE out again, to n2");
  expect(await say("no-fence", ["pace n1 1"])).toContainEqual([
    "n1's step comes to the table",
    "PURPLE, person 1",
  ]);
});
