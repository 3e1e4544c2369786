import { type Command, type Happening, Picture, type TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import { bar, barLines } from "../src/bars.ts";
import { drawTrace } from "../src/draw.ts";

const plain = (text: string) => text.replace(/\p{Cc}\[[\d;]*m/gu, "");
const purple: Command = { area: "north-america", shirt: "purple", revision: 1 };
const blue: Command = { area: "north-america", shirt: "blue", revision: 2 };

function played(...happenings: [string, Happening][]): { picture: Picture; events: TraceEvent[] } {
  const picture = new Picture(["north-america"], 4);
  const events = happenings.map(([node, happening], at): TraceEvent => ({ ...happening, node, at }));
  for (const event of events) picture.apply(event);
  return { picture, events };
}

const overtaken = () =>
  played(
    ["president", { type: "commanded", command: purple }],
    ["node 1", { type: "delivered", command: purple, redelivered: false }],
    ["node 1", { type: "painted", command: purple, step: 0, stale: false }],
    ["president", { type: "commanded", command: blue }],
    ["node 2", { type: "delivered", command: blue, redelivered: false }],
    ["node 2", { type: "painted", command: blue, step: 0, stale: false }],
    ["node 2", { type: "painted", command: blue, step: 1, stale: false }],
    ["node 1", { type: "painted", command: purple, step: 1, stale: true }],
    ["node 2", { type: "acked", command: blue }],
  );

test("the bar shows what the last painter of each step left, as letters too", () => {
  const { picture } = overtaken();
  const [line, markers] = barLines(picture, 4).map(plain);
  expect(line).toBe("North America  BP··");
  expect(markers?.trimEnd()).toBe(`${" ".repeat(16)}▲1`);
});

test("a bar of more or fewer columns than steps shows each step's shirt at its place", () => {
  expect(plain(bar(["purple", "blue"], 6))).toBe("PPPBBB");
  expect(plain(bar(["purple", "purple", "blue", "blue"], 2))).toBe("PB");
});

test("the picture of a trace has a pattern for every shirt that is worn, and names the nodes", () => {
  const { events } = overtaken();
  const svg = drawTrace(events, "A test", 4);
  expect(svg).toContain('fill="url(#purple)"');
  expect(svg).toContain('fill="url(#blue)"');
  expect(svg).toContain("node 2: BLUE");
});

test("a trace without paint cannot be drawn", () => {
  expect(() => drawTrace([], "Nothing", 4)).toThrow("nothing to draw");
});
