import { stripVTControlCharacters } from "node:util";
import { type AreaVerdict, type Command, PALETTE, shirts, type TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import { columns, eventText, shirtCell, verdictTable } from "../src/index.ts";

const purple: Command = { area: "north-america", shirt: "purple", revision: 1 };
const event: TraceEvent = { type: "acked", command: purple, node: "node 1", at: 0 };
const area: AreaVerdict = {
  area: "north-america",
  people: 1_000,
  commanded: "blue",
  revision: 2,
  wearing: { blue: 400, purple: 600 },
  wrong: 600,
  stale: 6,
  refused: 0,
};

test("an event is told with its node, and without it in the node's own log", () => {
  expect(stripVTControlCharacters(eventText(event))).toBe("node 1 acks North America in  PURPLE ");
  expect(stripVTControlCharacters(eventText(event, "node 1"))).toBe("acks North America in  PURPLE ");
});

test("every shirt has a letter of its own, and text that can be read on it", () => {
  expect(new Set(shirts.map((shirt) => stripVTControlCharacters(shirtCell(shirt)))).size).toBe(shirts.length);
  for (const { fill, text } of Object.values(PALETTE)) expect(contrast(fill, text)).toBeGreaterThan(4.5);
});

/** WCAG 2's contrast of two colours. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test("the verdict says in words and numbers what colours say", () => {
  const wrong = verdictTable([area], { colour: false }).split("\n");
  expect(wrong[1]).toContain("P 600 + B 400");
  expect(wrong.at(-1)).toBe("Wrong: 600 people wear another shirt than commanded.");
  const right = { ...area, wearing: { blue: 1_000 }, wrong: 0 };
  expect(verdictTable([right], { colour: false })).toContain("Right: everybody wears");
});

test("columns line up, whatever colours are in the cells", () => {
  const [head, rule, row] = columns([
    ["stage", "wrong"],
    ["v1", "\u001B[31m12\u001B[39m"],
  ]);
  expect(head?.indexOf("wrong")).toBe(stripVTControlCharacters(row ?? "").indexOf("12"));
  expect(rule).toBe("  ─────  ─────");
});
