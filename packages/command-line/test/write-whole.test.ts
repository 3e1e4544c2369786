import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeWhole } from "../src/write-whole.ts";

/** Gone after the test. */
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "write-whole-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("a file is never written in place, so that a process that is killed meanwhile leaves the old text whole", () => {
  const folder = emptyFolder();
  const [file, second] = [join(folder, "a.ts"), join(folder, "b.ts")];
  writeFileSync(file, "old");
  // A second name of the same content: it would see what is written into it.
  linkSync(file, second);
  writeWhole(file, "new");
  expect([readFileSync(file, "utf8"), readFileSync(second, "utf8")]).toEqual(["new", "old"]);
  expect(readdirSync(folder).sort()).toEqual(["a.ts", "b.ts"]);
});

test("its folder is made", () => {
  const file = join(emptyFolder(), "a/b.ts");
  writeWhole(file, "new");
  expect(readFileSync(file, "utf8")).toBe("new");
});
