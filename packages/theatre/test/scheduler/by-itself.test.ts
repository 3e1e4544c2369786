/** The reader must be told what happened without them. */
import { type Level, levels, type Position, positionAfter, solve, wayOf } from "@shirts/sim/scheduler";
import { expect, test } from "vitest";
import { ownEvents } from "../../src/scheduler/by-itself.ts";

const levelNamed = (name: string): Level => levels.find(({ id }) => id === name) as Level;

async function won(name: string): Promise<Position> {
  const { moves = [] } = await solve(levelNamed(name), []);
  return positionAfter(levelNamed(name), moves);
}

/** For each move, the types of its events: the move itself before "|", and what nobody chose after it. */
function told({ moves, marks, trace }: Position): string[] {
  return moves.map((move, nth) => {
    const events = trace.slice(marks[nth], marks[nth + 1]);
    const own = ownEvents(move, events);
    const types = events.map(({ type, node }) => `${node} ${type}`);
    return [...types.slice(0, own), "|", ...types.slice(own)].join(" ").replaceAll(/ +/g, " ");
  });
}

test("v1: the last step is the only event that is left, so it happens by itself", async () => {
  const moves = told(await won("v1"));
  expect(moves.at(-1)).toMatch(/^n2 painted \| .*n1 painted/);
});

test("a step that is on its way is no event yet; when it lands, that is the move of the table", async () => {
  const moves = told(await won("no-fence"));
  expect(moves[0]).toBe("|");
  expect(moves.at(-1)).toMatch(/^n1 painted \| /);
});

test("a step of another node is none of the move, nor is another kind of event", async () => {
  const { trace } = await won("v1");
  const painted = trace.filter(({ type, node }) => type === "painted" && node === "n2");
  expect(painted.length).toBeGreaterThan(0);
  expect(ownEvents("pace n2 1", painted)).toBe(1);
  expect(ownEvents("pace n1 1", painted)).toBe(0);
  expect(ownEvents("pause n2", painted)).toBe(0);
  expect(ownEvents("pace n2 1", [])).toBe(0);
});

/** Nobody reports them: a node that the broker gives up does not know, and a choice of two is not told. */
const SILENT = ["coin", "heartbeat", "lose"];

test.each(levels.filter(({ fewest }) => fewest !== undefined).map(({ id }) => id))(
  "%s: no move is told as something that happened by itself",
  async (id) => {
    const position = await won(id);
    const { level, moves } = position;
    const own = told(position).map((line) => !line.startsWith("|"));
    const isTold = moves.map((move) => {
      const { kind } = wayOf(move);
      return !SILENT.includes(kind) && !(kind === "step" && level.late.includes("statement"));
    });
    expect(own).toEqual(isTold);
  },
);
