/** What the judge calls wrong: each kind of evidence planted alone, in a story that is right otherwise. */
import type { Command, TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import { type Evidence, judge } from "../src/judge.ts";
import { findings } from "../src/laws.ts";
import { Orders } from "../src/orders.ts";

const area = "north-america";
const order = (revision: number, shirt: Command["shirt"], world = "w1"): Command => ({
  area,
  shirt,
  revision,
  world,
});
const blue = order(1, "blue");
const green = order(2, "green");

const right: Evidence = {
  stage: "v4",
  population: { [area]: 10 },
  newest: [green],
  unseen: [],
  wearing: new Map([[area, { green: 10 }]]),
  stalePaints: [],
  log: { stale: 0, refused: 3 },
  unacked: [],
  unfinished: [],
  findings: [],
  complaints: [],
  slowestCommandS: 0.1,
};
const stalePaint = { area, shirt: "blue", people: 5, by: "node 1", revision: 2, commanded: "green" } as const;

test("a story that is right", () => {
  expect(judge(right)).toEqual({
    peopleWrong: 0,
    stale: 0,
    refused: 3,
    lost: 0,
    deaf: 0,
    slowestCommandS: 0.1,
    why: [],
  });
});

test.each<[string, Partial<Evidence>, Partial<ReturnType<typeof judge>>, RegExp]>([
  [
    "people in another shirt than the storm's record says",
    { wearing: new Map([[area, { green: 8, blue: 2 }]]) },
    { peopleWrong: 2 },
    /^2 people of North America in GREEN, revision 2 wear something else$/,
  ],
  ["people who are gone", { wearing: new Map() }, { peopleWrong: 10 }, /^10 people of North America/],
  [
    "a command that the database never saw",
    { unseen: [green] },
    {},
    /^the database has not seen North America/,
  ],
  [
    "a stale paint that nobody sees any more, and no log tells",
    { stalePaints: [stalePaint] },
    { stale: 1 },
    /^node 1 painted 5 people of North America in BLUE after revision 2 \(GREEN\) was accepted$/,
  ],
  [
    "stale steps that only the log tells",
    { log: { stale: 2, refused: 0 } },
    { stale: 2 },
    /tells of 2 stale ones/,
  ],
  ["a job that nobody acked", { unacked: [green] }, { lost: 1 }, /^nobody acked North America/],
  ["a step that the table misses", { unfinished: [green] }, { lost: 1 }, /^the table misses a step/],
  ["a command that was held up", { slowestCommandS: 16 }, {}, /^a command waited 16.0 s for the table$/],
  ["what a fault saw", { complaints: ["no word"] }, {}, /^no word$/],
])("planted: %s", (_, evidence, counts, line) => {
  const judgement = judge({ ...right, ...evidence });
  expect(judgement).toMatchObject(counts);
  expect(judgement.why).toHaveLength(1);
  expect(judgement.why[0]).toMatch(line);
});

test("in the talk's stages a stale step, a stopped job and a slow table are no error, and wrong people are", () => {
  const evidence = {
    ...right,
    stage: "v3",
    stalePaints: [stalePaint],
    unfinished: [blue],
    slowestCommandS: 16,
  } as const;
  expect(judge(evidence)).toMatchObject({ stale: 1, lost: 0, why: [] });
  expect(judge({ ...evidence, wearing: new Map([[area, { blue: 10 }]]) })).toMatchObject({ peopleWrong: 10 });
});

test("planted: a node that did not hear the last cancel is deaf; in a stage without cancels nobody is", () => {
  const hears = (node: string, consumerId: string): TraceEvent => ({
    type: "cancel received",
    cancel: { area, consumerId },
    node,
    at: 0,
  });
  const trace = [hears("node 1", "probe"), hears("node 2", "another node")];
  expect(findings(trace, { nodes: ["node 1", "node 2"], probe: "probe", areCancelsPrompt: true })).toEqual([
    { law: "hears", line: "node 2 is deaf: it hears no cancel any more" },
  ]);
  expect(findings(trace, { nodes: ["node 1", "node 2"], probe: undefined, areCancelsPrompt: true })).toEqual(
    [],
  );
});

test("the record knows the newest command of its world, and what the table accepted without an answer", () => {
  const orders = new Orders("w1");
  for (const command of [blue, green, order(7, "orange", "w0")]) orders.note(command);
  expect(orders.newest).toEqual([green]);
  expect(orders.unanswered([blue, green, { area, shirt: "orange", revision: 3 }])).toEqual([
    order(3, "orange"),
  ]);
  expect(orders.unseen([blue, { area, shirt: "orange", revision: 2 }])).toEqual([green]);
  orders.turnTo("w0");
  expect(orders.newest).toEqual([order(7, "orange", "w0")]);
});

test("a command whose job the broker lost must be acked only when it is the newest", () => {
  const orders = new Orders("w1");
  for (const command of [blue, green]) orders.note(command);
  expect(orders.unacked(new Set())).toEqual([blue, green]);
  orders.loseJobs();
  expect(orders.unacked(new Set())).toEqual([green]);
  expect(orders.unacked(new Set(["north-america 2"]))).toEqual([]);
});

test("a command whose job is lost for good must not be acked; one that is given afterwards must", () => {
  const orders = new Orders("w1");
  orders.note(blue);
  orders.forgetJobs();
  expect(orders.unacked(new Set())).toEqual([]);
  orders.note(green);
  expect(orders.unacked(new Set())).toEqual([green]);
});

test("the same shirt is never commanded twice in a row in an area", () => {
  const orders = new Orders("w1");
  expect(orders.other(area, "blue")).toBe("blue");
  orders.note(blue);
  expect(orders.other(area, "blue")).not.toBe("blue");
  expect(orders.other("south-america", "blue")).toBe("blue");
});

test("planted: a routine that walks on after it has heard a newer cancel is found, and one that ends its step is not", () => {
  const command = { area: "north-america", shirt: "purple", revision: 1 } as const;
  const cancel = { area: "north-america", consumerId: "president", revision: 2 } as const;
  const walk = (steps: number): TraceEvent[] => [
    { type: "cancel received", cancel, node: "node 1", at: 1 },
    ...Array.from(
      { length: steps },
      (_, step): TraceEvent => ({ type: "refused", command, step, node: "node 1", at: 2 + step }),
    ),
  ];
  const cast = { nodes: [], probe: undefined, areCancelsPrompt: true };
  expect(findings(walk(2), cast)).toEqual([]);
  expect(findings(walk(3), cast)).toMatchObject([
    { law: "saves", line: expect.stringMatching(/^node 1 did 3 steps more/) },
  ]);
  expect(findings(walk(3), { ...cast, areCancelsPrompt: false })).toEqual([]);
});
