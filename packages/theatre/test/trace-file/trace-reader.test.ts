import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runSeed, stageOf } from "@shirts/sim";
import { expect, test } from "vitest";
import { linesOf } from "../../src/trace-file/save-trace.ts";
import { LIMITS, type TraceFile, TraceReader } from "../../src/trace-file/trace-reader.ts";

function read(text: string): TraceFile {
  const reader = new TraceReader();
  for (const line of text.split("\n")) reader.push(line);
  return reader.end();
}

const event = (more: object = {}) => JSON.stringify({ type: "ready", node: "n1", at: 0, ...more });

/** Traces that the demo and the simulator wrote, which their own tests keep. */
const kept = ["demo", "sim"].flatMap((name) => {
  const folder = fileURLToPath(new URL(`../../../${name}/test/traces/`, import.meta.url));
  return readdirSync(folder).map((file) => [`${name}'s ${file}`, folder + file] as const);
});

test.each(kept)("%s is read whole", (_, file) => {
  const text = readFileSync(file, "utf8");
  const { stories, problemCount } = read(text);
  expect(problemCount).toBe(0);
  expect(stories.reduce((sum, { trace }) => sum + trace.length, 0)).toBe(text.trim().split("\n").length);
});

test("a trace of the simulator comes back event by event, and is known by its clock", async () => {
  const shape = { nodes: [2, 2], commands: [2, 2], steps: [8, 8], faults: [1, 1], kinds: ["pause"] } as const;
  const { outcome } = await runSeed(stageOf("v2"), shape as never, 3);
  const { stories } = read(linesOf(outcome.trace));
  expect(stories[0]?.trace).toEqual(outcome.trace);
  expect(stories[0]?.startedAt).toBeUndefined();
});

test("events of real clocks are put into the order of time, from 0 on", () => {
  const [story] = read([event({ at: 1.7e12 + 5 }), event({ at: 1.7e12, node: "n2" })].join("\n")).stories;
  expect(story?.trace.map(({ node, at }) => [node, at])).toEqual([
    ["n2", 0],
    ["n1", 5],
  ]);
  expect(story?.startedAt).toBe(1.7e12);
});

test("what `npm start -- --json` writes is one story per scene", () => {
  const outcome = (scene: string) => JSON.stringify({ scene, stage: "v1", verdicts: [], unacked: 0 });
  const lines = [event(), outcome("one"), event(), event({ at: 3 }), outcome("two"), event()];
  const { stories, problemCount } = read(lines.join("\n"));
  expect(stories.map(({ title, trace }) => [title, trace.length])).toEqual([
    ["one", 1],
    ["two", 2],
    [undefined, 1],
  ]);
  expect(problemCount).toBe(0);
});

test("the first line of `--page --json` is no event, and no problem", () => {
  expect(read(`${JSON.stringify({ page: "http://127.0.0.1:1/#live/x" })}\n${event()}`).problemCount).toBe(0);
});

const broken: [string, string, RegExp][] = [
  ["half a line", event().slice(0, 20), /^it is not JSON$/],
  ["an event that there is not", event({ type: "hacked" }), /type/],
  ["a field that is missing", '{"type":"painted","node":"n1","at":1}', /^field "command"/],
  [
    "an area that there is not",
    event({ type: "commanded", command: { area: "x", shirt: "blue", revision: 1 } }),
    /area/,
  ],
  [
    "a number of steps that would fill the memory",
    painted(2 ** 40),
    /^field "step": at most 10000 steps are shown$/,
  ],
  ["a time that no clock shows", event({ at: 1e300 }), /^field "at"/],
  ["a name without end", event({ node: "n".repeat(61) }), /^field "node"/],
  ["a line without end", event({ reason: "x".repeat(20_000) }), /^it has more than 20000 characters$/],
  ["a script", "<script>alert(1)</script>", /^it is not JSON$/],
  ["nothing but null", "null", /./],
  ["a list", "[]", /./],
  ["a scene that is none", '{"scene":1}', /type/],
];

function painted(step: number): string {
  return event({ type: "painted", command: { area: "north-america", shirt: "blue", revision: 1 }, step });
}

test.each(broken)("%s is told with its line, and the good lines remain", (_, line, why) => {
  const { stories, problems, problemCount } = read([event(), "", line, event({ at: 2 })].join("\n"));
  expect(problemCount).toBe(1);
  expect(problems).toEqual([{ line: 3, why: expect.stringMatching(why) }]);
  expect(problems[0]?.why).not.toContain("\n");
  expect(stories[0]?.trace).toHaveLength(2);
});

test("problems are counted, and not all of them are kept", () => {
  const { problems, problemCount } = read(`${"broken\n".repeat(10_000)}${event()}`);
  expect(problemCount).toBe(10_000);
  expect(problems).toHaveLength(LIMITS.problems);
});

test("more nodes than a drawing has room for are problems", () => {
  const lines = Array.from({ length: 100 }, (_, number) => event({ node: `n${number}` }));
  const { stories, problemCount } = read(lines.join("\n"));
  expect(stories[0]?.trace).toHaveLength(LIMITS.nodes);
  expect(problemCount).toBe(100 - LIMITS.nodes);
});

test("a trace without end is cut, and says so; as many steps and events as may be do no harm", () => {
  const events = 20_000;
  const reader = new TraceReader({ ...LIMITS, events });
  const line = painted(LIMITS.steps - 1);
  for (let count = 0; count <= events + 5; count++) reader.push(line);
  const { stories, isCut, problemCount } = reader.end();
  expect({ isCut, problemCount }).toEqual({ isCut: true, problemCount: 0 });
  expect(stories[0]?.trace).toHaveLength(events);
  expect(stories[0]?.steps).toBe(LIMITS.steps);
});

test("a field that only looks like one of the language's own is a field", () => {
  const [story] = read(`{"type":"ready","node":"__proto__","at":0,"__proto__":{"polluted":true}}`).stories;
  expect(story?.trace[0]?.node).toBe("__proto__");
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
