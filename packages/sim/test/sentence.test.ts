/** The one sentence about a trace of real processes, where a node was killed. */
import type { Command, EventBody, TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import { whatWentWrong } from "../src/print/sentence.ts";

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
