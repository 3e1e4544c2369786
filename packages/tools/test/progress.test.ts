import { createRequire } from "node:module";
import { expect, test } from "vitest";

const { Progress } = createRequire(import.meta.url)("../scripts/lib/progress.cjs");

test("in a narrow window the line stays short enough to be drawn over; only its last state is whole", () => {
  const written: string[] = [];
  const stream = { isTTY: true, columns: 40, write: (text: string) => written.push(text) };
  const progress = new Progress(stream, "first run, about 15 s");
  progress.read("Progress: resolved 100, reused 30, downloaded 12, added 40");
  progress.end("done");
  const lines = written.map((text) => text.replace("\r\u001B[K", ""));
  expect(lines.slice(0, -1).filter((line) => line.length >= 40)).toEqual([]);
  expect(lines.at(-1)).toMatch(/42 of 100 packages, done\n$/);
});
