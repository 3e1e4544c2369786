/** A caption says what the trace shows. The traces are recorded from plays and from storms; their names say what happened. */
import { readFileSync } from "node:fs";
import { decodeTraceEvent, type TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import { captionOf, type Told } from "../src/caption.ts";

function traceOf(name: string): TraceEvent[] {
  const text = readFileSync(new URL(`traces/${name}.jsonl`, import.meta.url), "utf8");
  return text.trim().split("\n").map(decodeTraceEvent);
}

/** A trace, the stage and the number of nodes, and the words that are true of no other trace here. */
const plays: readonly [name: string, told: Told, words: RegExp][] = [
  ["v1-one-node", { stage: "v1", nodes: 1 }, /17 steps landed late, and the newer command painted over all/],
  ["v1-overtaken", { stage: "v1", nodes: 2 }, /^node 1 went on with PURPLE .* painted over 6 steps of BLUE/],
  ["v1-nothing-met", { stage: "v1", nodes: 2 }, /the race did not show itself/],
  [
    "v2-stopped",
    { stage: "v2", nodes: 2 },
    /^node 1 stopped PURPLE after 21 steps when it heard node 2's cancel/,
  ],
  ["v3-four-commands", { stage: "v3", nodes: 2 }, /stopped GREEN .* ORANGE came\. Each newer .* at once\.$/],
  ["v3-woke-up", { stage: "v3", nodes: 2 }, /^node 1 was frozen, woke up and went on with PURPLE.* of BLUE/],
  ["v3-came-again", { stage: "v3", nodes: 2 }, /^The broker delivered BLUE again, .* acked: node 2 took it/],
  [
    "v3-cancels-met",
    { stage: "v3", nodes: 2 },
    /^node 1 stopped GREEN when it heard node 2's cancel, and acked/,
  ],
  ["v4-refused", { stage: "v4", nodes: 2 }, /^node 1 was frozen, woke up .*: the table refused its step/],
  [
    "v4-broken-fence",
    { stage: "v4", nodes: 2 },
    /^The table counts 1 late step\. In v4 that must never happen/,
  ],
];

/** The plays of which `caption` says something else than what happened. */
function lies(caption: typeof captionOf): string[] {
  return plays.flatMap(([name, told, words]) => (words.test(caption(traceOf(name), told)) ? [] : [name]));
}

test("each kind of story has the caption of what happened in it", () => {
  expect(lies(captionOf)).toEqual([]);
});

test("planted: a caption that is fixed for its scene is refused where the scene went another way", () => {
  const fixed: typeof captionOf = (_, { stage }) =>
    stage === "v3"
      ? "node 1 was frozen, woke up and went on with PURPLE, before it heard a cancel, over a step of BLUE"
      : captionOf(_, { stage, nodes: 2 });
  expect(lies(fixed)).toEqual(["v3-four-commands", "v3-came-again", "v3-cancels-met"]);
});

test("a redelivery is not told as a late wake-up, though a node was frozen and woke up in the same story", () => {
  const trace = traceOf("v3-came-again");
  expect(trace.some(({ type }) => type === "resumed")).toBe(true);
  expect(captionOf(trace, { stage: "v3", nodes: 2 })).not.toContain("woke up");
});

test("without its decisive event a story is not told as if it had it", () => {
  const trace = traceOf("v4-refused").filter(({ type }) => type !== "refused");
  expect(captionOf(trace, { stage: "v4", nodes: 2 })).not.toContain("refused");
});

test("what v4 and a single worker promise is news when it is broken", () => {
  const trace = traceOf("v1-overtaken");
  expect(captionOf(trace, { stage: "v4", nodes: 2 })).toContain("In v4 that must never happen");
  expect(captionOf(trace, { stage: "v1", nodes: 1 })).toContain("One worker on one queue should keep");
  expect(captionOf(trace, { stage: "v1", nodes: 2 })).not.toContain("please tell us");
});
