import { stripVTControlCharacters as plain } from "node:util";
import { Picture, type TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import { bar, barLines } from "../src/bars.ts";
import { drawTrace } from "../src/draw.ts";

const area = "north-america";
const purple = { command: { area, shirt: "purple", revision: 1 }, node: "node 1" } as const;
const blue = { command: { area, shirt: "blue", revision: 2 }, node: "node 2" } as const;
/** BLUE overtakes PURPLE, which paints over it. */
const trace: readonly TraceEvent[] = [
  { ...purple, type: "commanded", node: "president", at: 0 },
  { ...purple, type: "delivered", redelivered: false, at: 1 },
  { ...purple, type: "painted", step: 0, stale: false, at: 2 },
  { ...blue, type: "commanded", node: "president", at: 3 },
  { ...blue, type: "painted", step: 0, stale: false, at: 4 },
  { ...blue, type: "painted", step: 1, stale: false, at: 5 },
  { ...purple, type: "painted", step: 1, stale: true, at: 6 },
];

test("the bar shows what the last painter of each step left, as letters too", () => {
  const picture = new Picture([area], 4);
  for (const event of trace) picture.apply(event);
  const [line, markers] = barLines(picture, 4).map(plain);
  expect(line).toBe("North America  BP··");
  expect(markers?.trimEnd()).toBe(`${" ".repeat(16)}▲1`);
});

test("a bar of more or fewer columns than steps shows each step's shirt at its place", () => {
  expect(plain(bar(["purple", "blue"], 6))).toBe("PPPBBB");
  expect(plain(bar(["purple", "purple", "blue", "blue"], 2))).toBe("PB");
});

test("the picture of a trace has a pattern for every shirt that is worn, and names the nodes", () => {
  const svg = drawTrace(trace, "A test", 4);
  expect(svg).toContain('fill="url(#purple)"');
  expect(svg).toContain('fill="url(#blue)"');
  expect(svg).toContain("node 2: BLUE");
});

test("a trace without paint cannot be drawn", () => {
  expect(() => drawTrace([], "Nothing", 4)).toThrow("nothing to draw");
});
