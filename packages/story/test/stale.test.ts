/** What a trace can know about stale steps, and how a node came to be late. */
import { expect, test } from "vitest";
import {
  type AreaVerdict,
  type Command,
  decisive,
  type EventBody,
  howLate,
  staleSteps,
  type TraceEvent,
} from "../src/index.ts";

const area = "north-america";
const purple: Command = { area, shirt: "purple", revision: 1 };
const blue: Command = { area, shirt: "blue", revision: 2 };
const on = (node: string, at: number, body: EventBody): TraceEvent => ({ ...body, node, at });
const paints = (node: string, at: number, command: Command, step: number): TraceEvent =>
  on(node, at, { type: "painted", command, step });
const start: readonly TraceEvent[] = [
  on("president", 0, { type: "commanded", command: purple }),
  on("n1", 1, { type: "delivered", command: purple, redelivered: false }),
  paints("n1", 5, purple, 0),
  on("president", 10, { type: "commanded", command: blue }),
];
const verdict = (counts: Partial<AreaVerdict>): TraceEvent =>
  on("table", 99, {
    type: "verdict",
    verdict: {
      area,
      people: 3,
      commanded: "blue",
      revision: 2,
      wearing: { blue: 3 },
      wrong: 0,
      stale: 0,
      refused: 0,
      ...counts,
    },
  });

test("a fenced step that is reported after the newer command may have landed before; the one after it cannot", () => {
  const trace = [...start, paints("n1", 11, purple, 1), paints("n1", 16, purple, 2)];
  const { counted, known, possible } = staleSteps(trace, area);
  expect({ counted, known }).toEqual({ counted: undefined, known: [] });
  expect(possible.map(({ event, isSure }) => [event.step, isSure])).toEqual([
    [1, false],
    [2, true],
  ]);
});

test("a step that says of itself that it is not stale is none, whenever its report comes", () => {
  const trace = [...start, on("n1", 11, { type: "painted", command: purple, step: 1, stale: false })];
  expect(staleSteps(trace, area)).toMatchObject({ known: [], possible: [] });
});

test("the table's count is taken from its verdict, and no other area's", () => {
  expect(staleSteps([...start, verdict({ stale: 2 })], area).counted).toBe(2);
  expect(staleSteps([...start, verdict({ stale: 2 })], "south-america").counted).toBeUndefined();
});

test("nobody is wrong where the table says so, though the reports come in another order", () => {
  const trace = [...start, paints("n2", 12, blue, 0), paints("n1", 13, purple, 0)];
  expect(decisive(trace)).toMatchObject([{ kind: "overwritten" }]);
  expect(decisive([...trace, verdict({ wrong: 0 })])).toEqual([]);
});

test("wrong people whom the reports do not explain are told as such", () => {
  const trace = [...start, paints("n2", 12, blue, 0), verdict({ wrong: 1 })];
  expect(decisive(trace)).toMatchObject([{ kind: "not shown", verdict: { wrong: 1 } }]);
});

const late = paints("n1", 30, purple, 1);
const cancelled = on("n1", 29, { type: "cancel received", cancel: { area, consumerId: "n2" } });
const own = on("n1", 29, { type: "cancel received", cancel: { area, consumerId: "queue of n1" } });
test.each<[string, TraceEvent[], ReturnType<typeof howLate>]>([
  ["went on, and was told nothing", [], { kind: "went on", heard: false }],
  ["went on, and its cancel was there", [cancelled], { kind: "went on", heard: true }],
  [
    "its own cancel tells it nothing",
    [on("n1", 2, { type: "cancel sent", cancel: { area, consumerId: "queue of n1" } }), own],
    { kind: "went on", heard: false },
  ],
  [
    "woke up",
    [on("n1", 9, { type: "paused" }), on("n1", 28, { type: "resumed" })],
    { kind: "woke up", heard: false },
  ],
])("how a step came to be late: it %s", (_, events, how) => {
  const trace = [...start, ...events, late];
  expect(howLate(trace, trace.indexOf(late))).toEqual(how);
});

test("how a step came to be late: its job came after the newer command", () => {
  const delivery = on("n2", 20, { type: "delivered", command: purple, redelivered: true });
  const step = paints("n2", 30, purple, 0);
  expect(howLate([...start, delivery, step], start.length + 1)).toEqual({ kind: "delivered late", delivery });
});

test("a step before any newer command is not late", () => {
  expect(howLate(start, 2)).toBeUndefined();
});
