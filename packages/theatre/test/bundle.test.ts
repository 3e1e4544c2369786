import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, inject, test } from "vitest";

/** All that a visitor may load, in bytes on the way. A reason to raise it belongs into the README. */
const BYTES_MAX = 150_000;

test("the page is at most 150 kB in all, gzipped, and holds no program of the tests", async () => {
  const { page, folder } = inject("site");
  // Asked for, it is built.
  expect((await fetch(page)).status).toBe(200);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const sizes = files.map(({ parentPath, name }) => {
    const content = readFileSync(join(parentPath, name));
    expect(content.includes("globalThis.probe"), name).toBe(false);
    return { name, bytes: gzipSync(content).length };
  });
  const bytes = sizes.reduce((sum, one) => sum + one.bytes, 0);
  expect(sizes.length).toBeGreaterThan(3);
  expect(bytes, JSON.stringify(sizes)).toBeLessThanOrEqual(BYTES_MAX);
});
