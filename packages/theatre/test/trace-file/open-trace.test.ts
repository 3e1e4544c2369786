import { expect, test } from "vitest";
import { NoTraceError, openTrace, PIECE } from "../../src/trace-file/open-trace.ts";

const line = (more: object = {}) => `${JSON.stringify({ type: "ready", node: "n1", at: 0, ...more })}\n`;

test("a file is read over the borders of its pieces", async () => {
  const { stories, problemCount, bytesLeft } = await openTrace(new Blob([line({ at: 1 }).repeat(20_000)]));
  expect({ problemCount, bytesLeft }).toEqual({ problemCount: 0, bytesLeft: 0 });
  expect(stories[0]?.trace).toHaveLength(20_000);
});

test("a letter of two bytes on the border of two pieces is whole", async () => {
  const last = line({ node: "nœud 1" });
  const blank = "\n".repeat(PIECE - 1 - last.indexOf("œ"));
  const { stories, problemCount } = await openTrace(new Blob([blank + last]));
  expect(problemCount).toBe(0);
  expect(stories[0]?.trace[0]?.node).toBe("nœud 1");
});

test("a last line without its end is read, and so is a mark at the beginning", async () => {
  const { stories, problemCount } = await openTrace(new Blob([`\uFEFF${line()}${line({ at: 1 }).trim()}`]));
  expect(problemCount).toBe(0);
  expect(stories[0]?.trace).toHaveLength(2);
});

test("lines as Windows ends them are lines", async () => {
  expect((await openTrace(new Blob([line().replace("\n", "\r\n").repeat(2)]))).problemCount).toBe(0);
});

const none: [string, BlobPart, RegExp][] = [
  ["an empty file", "", /^It is empty\.$/],
  [
    "a picture",
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    /^It is no text \(no UTF-8\)/,
  ],
  [
    "a program",
    new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]),
    /^It is no text, but a program or a picture\.$/,
  ],
  [
    "a web page",
    "<!doctype html>\n<script>alert(1)</script>",
    /^No line is a trace event: line 1 is not JSON\.$/,
  ],
  ["blank lines", "\n\n \n", /^No line is a trace event\.$/],
  ["one line of many megabytes", "x".repeat(5_000_000), /^No line is a trace event: line 1 has more than/],
];

test.each(none)("%s is no trace, in one line", async (_, content, why) => {
  await expect(openTrace(new Blob([content]))).rejects.toThrow(why);
  await expect(openTrace(new Blob([content]))).rejects.toBeInstanceOf(NoTraceError);
});

test("of a huge file the beginning is read, and it is said how much is left out", async () => {
  const reason = "x".repeat(15_000);
  const piece = line({ type: "failed", reason }).repeat(100);
  const blob = new Blob(Array.from({ length: 3 }, () => piece));
  const bytesMax = 3_000_000;
  expect(blob.size).toBeGreaterThan(bytesMax);
  const read: number[] = [];
  const onRead = (share: number) => read.push(share);
  const { stories, bytesLeft, problemCount } = await openTrace(blob, { bytesMax, onRead });
  expect(bytesLeft).toBe(blob.size - bytesMax);
  // In pieces: between two of them the page is awake.
  expect(read.length).toBeGreaterThan(10);
  expect(read.at(-1)).toBe(1);
  // The last line that was read is half a line: no problem of the file's.
  expect(problemCount).toBe(0);
  expect(stories[0]?.trace.length).toBe(Math.floor(bytesMax / line({ type: "failed", reason }).length));
});
