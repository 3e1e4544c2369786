import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { programArgs } from "../src/index.ts";

const PACKAGES = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(PACKAGES, "../.cache/programs/command-line/test/made-here");
const file = join(PACKAGES, "command-line/test/made-here/main.ts");

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("a program runs from its source, and from what was built only when that is asked for and there", () => {
  const asSource = ["--import", import.meta.resolve("tsx"), file];
  vi.stubEnv("BUILT_PROGRAMS", "1");
  vi.stubEnv("NODE_FLAGS", "");
  expect(programArgs(file)).toEqual(asSource);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "main.mjs"), "");
  expect(programArgs(file)).toEqual(["--enable-source-maps", join(folder, "main.mjs")]);
  // What a reader's own file is imported into needs tsx.
  expect(programArgs(file, { fromSource: true })).toEqual(asSource);
  const own = programArgs(file, { worker: "/a folder/mine.ts" });
  expect(own).toEqual([...asSource.slice(0, 2), "--import", expect.any(String), file]);
  expect(new URL(own[3] ?? "").searchParams.get("worker")).toBe("file:///a%20folder/mine.ts");
  vi.stubEnv("BUILT_PROGRAMS", "");
  expect(programArgs(file)).toEqual(asSource);
  vi.stubEnv("NODE_FLAGS", "--liftoff-only --no-opt");
  expect(programArgs(file)).toEqual(["--liftoff-only", "--no-opt", ...asSource]);
});
