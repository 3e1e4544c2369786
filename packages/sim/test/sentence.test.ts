/** The one sentence about a trace of real processes: where a node was killed, and where the table has counted. */
import { readFileSync } from "node:fs";
import { type Command, decodeTraceEvent, type EventBody, staleSteps, type TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import { drawSentence, drawTrace } from "../src/print/draw.ts";
import { whatIsUnknown, whatWentWrong } from "../src/print/sentence.ts";

const purple: Command = { area: "north-america", shirt: "purple", revision: 1 };
const blue: Command = { area: "north-america", shirt: "blue", revision: 2 };
const on = (node: string, at: number, body: EventBody): TraceEvent => ({ ...body, node, at });
const crash = on("n1", 20, { type: "crashed", reason: "killed" });
const killed: TraceEvent[] = [
  on("president", 0, { type: "commanded", command: purple }),
  on("n1", 1, { type: "delivered", command: purple, redelivered: false }),
  on("president", 10, { type: "commanded", command: blue }),
  on("n2", 11, { type: "delivered", command: blue, redelivered: false }),
  on("n2", 12, { type: "painted", command: blue, step: 0, stale: false }),
  crash,
];

test("a stale step that made people wrong is blamed, not the kill before it", () => {
  const trace = [
    ...killed,
    on("n3", 21, { type: "delivered", command: purple, redelivered: true }),
    on("n3", 30, { type: "painted", command: purple, step: 0, stale: true }),
  ];
  expect(whatWentWrong(trace)).toMatch(/^At 30 ms n3 painted person 1 in PURPLE, over the BLUE of n2/);
});

test("a node that ended by itself is blamed, with its own words", () => {
  const panic = on("n2", 13, { type: "crashed", reason: "close of nil channel" });
  expect(whatWentWrong([...killed, panic])).toBe("n2 panicked at 13 ms: close of nil channel.");
});

/** A trace that a storm has kept, without some of its events. */
function kept(name: string, but?: EventBody["type"]): TraceEvent[] {
  const text = readFileSync(new URL(`traces/${name}.jsonl`, import.meta.url), "utf8");
  const trace = text.trim().split("\n").map(decodeTraceEvent);
  const start = Math.min(...trace.map(({ at }) => at));
  return trace.map((event) => ({ ...event, at: event.at - start })).filter(({ type }) => type !== but);
}

// Recorded by `pnpm storm v4` while the fence compared no revision, and by `pnpm storm v3`.
test("planted: a fence that compares nothing lets steps land stale, and the reader counts them with the table", () => {
  expect(whatWentWrong(kept("v4-broken-fence"))).toMatch(
    /^The table counted 1 stale step in North America\. By the order of the reports: at 44 ms node 1 reported step 4 of BLUE 14/,
  );
  expect(whatWentWrong(kept("v4-broken-fence-two-areas"))).toContain(
    "step 1 of ORANGE 17, 17 ms after BLUE 18",
  );
});

test("of three late steps of a frozen node the reader finds the one that the table counted", () => {
  expect(whatWentWrong(kept("v4-broken-fence-wrong"))).toMatch(
    /^At 3123 ms node 1 painted person 8 in ORANGE, .* The table counted 1 stale step in North America: at 3123 ms node 1 reported step 8 /,
  );
});

test("a trace without the verdict tells what its order proves, and what it cannot know", () => {
  expect(whatWentWrong(kept("v4-broken-fence-two-areas", "verdict"))).toMatch(/^Stale, since begun after/);
  const open = kept("v4-broken-fence", "verdict");
  expect(whatWentWrong(open)).toBeUndefined();
  expect(whatIsUnknown(open)).toMatch(/reported step 4 of BLUE 14.*the table's verdict is not in this trace/);
  expect(drawSentence(open)).not.toContain("no stale step landed");
});

test("planted: a verdict of nothing stale, which the node's own word would have been, is the only way to a clean sentence", () => {
  const trace = kept("v4-broken-fence").map((event) =>
    event.type === "verdict" ? { ...event, verdict: { ...event.verdict, stale: 0 } } : event,
  );
  expect(drawSentence(trace)).toContain("no stale step landed");
});

test("in v3 each stale step says it itself, and the table counts as many", () => {
  const trace = kept("v3-duplicate");
  const { counted, known, possible } = staleSteps(trace, "north-america");
  expect([counted, known.length, possible.length]).toEqual([10, 10, 0]);
  expect(whatWentWrong(trace)).toMatch(
    /^At 477 ms node 2 painted person 1 in ORANGE, over the BLUE of node 1/,
  );
});

test("planted: a step that says that it was not stale, and another count of the table, is told", () => {
  const trace = kept("v3-duplicate").map((event) =>
    event.type === "painted" ? { ...event, stale: false } : event,
  );
  expect(whatWentWrong(trace)).toMatch(/The table counted 10 stale steps in North America; no step /);
});

test("the table's verdict stands in the table's column, and a step that it counted is marked", () => {
  const text = drawTrace(kept("v4-broken-fence"));
  expect(text).toContain("4 in BLUE stale!");
  expect(text).toMatch(/ │ NA: 0 wrong, 1 stale\n/);
});

test("a node of a real broker is called by its name in a cancel, and does not hear its own", () => {
  const text = drawTrace(kept("v3-duplicate"));
  expect(text).toMatch(/hears node [12]: stop NA/);
  expect(text).not.toContain("amq.gen");
});
