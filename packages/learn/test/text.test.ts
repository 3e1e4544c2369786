import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { exerciseView } from "../src/app/exercise-view.ts";
import { keysOf } from "../src/app/screen.ts";
import { diffLines } from "../src/app/solution.ts";
import { catalog } from "../src/catalog.ts";
import type { Judged } from "../src/judge/judge-file.ts";
import { wrap } from "../src/text.ts";

const longest = (lines: readonly string[]) =>
  Math.max(...lines.map((line) => stripVTControlCharacters(line).length));

const judged: Judged = {
  lines: Array.from({ length: 40 }, (_, line) => `line ${line} ${"x".repeat(line * 3)}`),
  complaint: { text: "the shirts, in the order in which they are printed, are wrong", line: 12 },
};

function viewOf(columns: number, rows: number, entry = catalog.entries[0]): string[] {
  if (!entry) throw new Error("no exercise");
  const hints = { [entry.id]: 3 };
  const progress = { done: [], hints, predictions: {} };
  const file = `packages/learn/mine/${entry.id}.ts`;
  const shown = { catalog, progress, entry, file, judged, isJudging: true, note: "a note" };
  return exerciseView(shown, { columns, rows }).map(stripVTControlCharacters);
}

describe("the screen of an exercise", () => {
  test.each(catalog.entries.map((entry) => [entry.id, entry] as const))(
    "%s fits into 60 columns, with all its hints",
    (_, entry) => {
      // The path of a file is one word, and a terminal may break it.
      const lines = viewOf(60, 60, entry).filter((line) => !line.includes(`${entry.id}.ts`));
      expect(longest(lines)).toBeLessThanOrEqual(60);
    },
  );

  test("shows at most fifteen lines of the program, and says how many more there are", () => {
    const lines = viewOf(80, 60);
    expect(lines.filter((line) => line.startsWith("  line "))).toHaveLength(15);
    expect(lines).toContain("  … and 25 more lines");
  });

  test("on a low terminal the program's lines are cut first, and the verdict and the keys stay", () => {
    const lines = viewOf(80, 28);
    expect(viewOf(80, 30).length).toBeLessThanOrEqual(30);
    expect(lines.length).toBeLessThanOrEqual(28);
    expect(lines.join("\n")).not.toContain("Hint 1");
    expect(lines.join("\n")).toContain("Hint 3");
    expect(lines.filter((line) => line.startsWith("  line "))).toHaveLength(3);
    expect(lines.join("\n")).toMatch(/NOT YET:.*:12: the shirts.*q.quit/su);
  });
});

test("wrap breaks at spaces, keeps a text's own lines, and leaves a long word whole", () => {
  expect(wrap("one two three\nfour", 8)).toEqual(["one two", "three", "four"]);
  expect(wrap("a aaaaaaaaaaaa b", 8, "  ")).toEqual(["  a", "  aaaaaaaaaaaa", "  b"]);
});

test("a difference is marked with signs, folds long lines, and says so when there is none", () => {
  const lines = diffLines("a\nb\nc\n", `a\n${"x".repeat(30)}\nc\n`, 20).map(stripVTControlCharacters);
  expect(lines.slice(2)).toEqual([
    "line 1",
    " a",
    "-b",
    `+${"x".repeat(19)}`,
    `+${"x".repeat(11)}`,
    " c",
    "",
  ]);
  expect(diffLines("a\n", "a\n", 20)).toEqual(["Your file is the solution, letter by letter."]);
});

test("what a terminal sends is read key by key", () => {
  expect(keysOf("hé\r\u007f\u001b[A\u001bOB\u0003\u001b")).toEqual([
    "h",
    "é",
    "enter",
    "backspace",
    "up",
    "down",
    "ctrl-c",
    "escape",
  ]);
  // Keys that mean nothing here: F5, Page Down, Tab.
  expect(keysOf("\u001b[15~\u001b[6~\t")).toEqual([]);
});
