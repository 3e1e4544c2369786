/** When a page that is there is taken instead of a new one. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isFresh, writePage } from "../src/serve/build.ts";

let home: string;
let kept: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "theatre-build-"));
  kept = join(home, "kept");
  mkdirSync(kept);
  writeFileSync(join(kept, "index.html"), "kept");
});
afterEach(() => rmSync(home, { recursive: true }));

test("a page that is newer than its sources is copied", async () => {
  const folder = join(home, "copy");
  await writePage(folder, kept);
  expect(readFileSync(join(folder, "index.html"), "utf8")).toBe("kept");
});

test("a page that is older than its sources, and a folder without one, are not fresh", async () => {
  expect(await isFresh(kept)).toBe(true);
  utimesSync(join(kept, "index.html"), 1, 1);
  expect(await isFresh(kept)).toBe(false);
  expect(await isFresh(join(home, "gone"))).toBe(false);
});
