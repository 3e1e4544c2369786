import { type Level, levels, type Position, positionAfter, solve } from "@shirts/sim/scheduler";
import { expect, test } from "vitest";
import { decisiveText, learnedText, resultText } from "../../src/modes/schedule/result-panel.tsx";
import { gameMarks, stepsSent, wasOnItsWay } from "../../src/scheduler/on-its-way.ts";
import { text } from "../../src/text.ts";

const said = text.schedule;
const levelNamed = (name: string): Level => levels.find(({ id }) => id === name) as Level;

async function won(name: string): Promise<Position> {
  const { moves = [] } = await solve(levelNamed(name), []);
  return positionAfter(levelNamed(name), moves);
}

/** PURPLE is commanded, and n1 has taken its first step. */
async function pending(): Promise<Position> {
  let now = await positionAfter(levelNamed("no-fence"), []);
  if (now.ways.includes("command 0")) now = await positionAfter(now.level, ["command 0"]);
  return positionAfter(now.level, [...now.moves, now.ways.find((way) => way.startsWith("pace n1")) ?? ""]);
}

test("a step that was taken and is not at the table is on its way, in the picture and in the list of moves", async () => {
  const now = await pending();
  const { onTheirWay } = gameMarks(now, now.trace.length);
  expect(onTheirWay).toEqual([{ node: "n1", shirt: "purple", step: 0 }]);
  expect(stepsSent(now).at(-1)).toBe(1);
  const landed = await positionAfter(now.level, [
    ...now.moves,
    now.ways.find((way) => way.includes("sql")) ?? "",
  ]);
  expect(gameMarks(landed, landed.trace.length).onTheirWay).toEqual([]);
  expect(stepsSent(landed)).toEqual([...stepsSent(now), undefined]);
});

test("no-fence: the win is told by the step that was on its way; a step taken after BLUE was not", async () => {
  const position = await won("no-fence");
  expect(decisiveText(position)).toBe(said.result.onItsWay("n1", "BLUE"));
  const late = position.trace.find((event) => event.type === "painted" && event.stale === true);
  if (late?.type !== "painted") throw new Error("nothing landed late");
  expect(wasOnItsWay(position, late)).toBe(true);
  const after = position.choices.filter((way) => way !== "command 1");
  expect(wasOnItsWay({ choices: ["command 1", ...after] }, late)).toBe(false);
});

test("v1: its own caption, since a step lands as it is taken", async () => {
  expect(decisiveText(await won("v1"))).toMatch(/^n1 went on with PURPLE after a newer command was accepted/);
});

test("v2-cross: that the newer command stopped is said only when it did", async () => {
  const { ifStopped = "" } = said.levels["v2-cross"] ?? {};
  const position = await won("v2-cross");
  const stopped = position.trace.some((event) => event.type === "stopped" && event.command.revision === 2);
  expect(learnedText(position).includes(ifStopped)).toBe(stopped);
  const trace = position.trace.filter((event) => event.type !== "stopped");
  expect(learnedText({ ...position, trace })).not.toContain(ifStopped);
});

/** v4 with PURPLE's first step on its way while BLUE is accepted and painted; until `isThere`, or to the end. */
async function playV4(isThere: (position: Position) => boolean): Promise<Position> {
  const liked = [/^job c1\S*→n1/, /^pace n1/, /^command 1/, /^job/, /^n2 sql/, /^pace n2/, /sql/];
  let now = await positionAfter(levelNamed("v4"), []);
  while (!now.result && !isThere(now)) {
    const way = liked.flatMap((one) => now.ways.find((it) => one.test(it)) ?? [])[0] ?? now.ways[0] ?? "";
    now = await positionAfter(now.level, [...now.moves, way]);
  }
  return now;
}

const refusedIn = (position: Position) => gameMarks(position, position.trace.length).refused;

test("v4: a refused step is marked until the next move, not before it is shown, and not after", async () => {
  const refused = await playV4((now) => refusedIn(now).length > 0);
  expect(refusedIn(refused)).toEqual([{ area: "north-america", step: 0 }]);
  expect(gameMarks(refused, refused.marks.at(-1) ?? 0).refused).toEqual([]);
  const next = await positionAfter(refused.level, [...refused.moves, refused.ways[0] ?? ""]);
  expect(refusedIn(next)).toEqual([]);
});

test("v4: the president's cancels that may be heard are counted, though he reports none", async () => {
  const now = await playV4(({ moves }) => moves.includes("command 1"));
  const offered = now.ways.filter((way) => way.startsWith("cancel president"));
  expect(offered.length).toBeGreaterThan(0);
  expect(gameMarks(now, now.trace.length).presidentCancels).toBe(offered.length);
});

test("v4: BLUE in the end is no loss there, and one is asked to count", async () => {
  const over = await playV4(() => false);
  expect([over.result, resultText(over)]).toEqual(["blue", said.result.blueAgain]);
});
