import { describe, expect, it } from "vitest";
import { format } from "../src/problem.ts";
import { tidyFile } from "../src/tidy.ts";
import { filesUnder, read, repository } from "../src/tree.ts";

/** These two hold what is banned, to find it and to show that it is found. */
const self = new Set(["packages/tools/src/tidy.ts", "packages/tools/test/tidy.test.ts"]);
const text = /\.(ts|cts|mts|cjs|mjs|js|json|md|ya?ml|go|sh|sql)$/;

it("the tree is tidy", () => {
  const files = filesUnder(repository).filter((path) => text.test(path) && !self.has(path));
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap((file) => tidyFile(file, read(repository, file)).map(format))).toEqual([]);
});

describe("each ban finds its thing and says what to do", () => {
  const source = "packages/chan/src/a.ts";
  const test = "packages/chan/test/a.test.ts";
  const cases: [file: string, text: string, problem: string | undefined][] = [
    [source, "x();\n// TODO later", `${source}:2: work that is left: do it, or describe it in an issue`],
    [test, "await new Promise((r) => setTimeout(r, 50));", "a sleep in a test"],
    [test, "await setTimeout(50);", "a sleep in a test"],
    [test, "setTimeout(r, limitMs);", undefined],
    [test, "await sleep(1_000); // chan's, in a bubble", undefined],
    ["packages/chan/test/js.test.ts", "await setTimeout(1);", undefined],
    [test, 'test.skipIf(process.env.SHORT_TESTS === "1")("x", f);', "what `npm test` leaves to CI says so"],
    [test, 'const inCi = test.skipIf(process.env.SHORT_TESTS === "1");', undefined],
    [test, 'inCi("a long one", f);', "what `npm test` leaves to CI says so"],
    [test, 'inCi(\n  "a `long` one (in CI)", f);\ninCi("b (x; in CI)", f);', undefined],
    [source, "try { x(); } catch {}", "an error is swallowed"],
    [source, "try { x(); } catch (error) {\n}", "an error is swallowed"],
    [source, "x().catch(() => {});", "an error is swallowed"],
    [source, "// It has gone already.\nx().catch(() => {});", undefined],
    [source, "try { x(); } catch { /* gone already */ }", undefined],
    [source, "const x = Math.random();", "Math.random without a reason"],
    [source, "// Go chooses by chance, too.\nconst x = Math.random();", undefined],
    ["pnpm-lock.yaml", "resolution: {tarball: https://example.org/a.tgz}", "the lock file names a server"],
    ["pnpm-lock.yaml", "deprecated: see https://example.org", undefined],
    ["docs/a.md", "See `/home/me/clone`.", "a path of one machine"],
    ["docs/a.md", "See https://example.org/home/me.", undefined],
    ["docs/a.md", "See shared/DESIGN.md.", "there is no such folder"],
    [source, 'import "./shared/x.ts";', undefined],
    [
      "packages/v1/src/worker.ts",
      "x();\n".repeat(121),
      "packages/v1/src/worker.ts:121: 121 lines, at most 120",
    ],
    [source, "x();\n".repeat(120), undefined],
  ];

  it.each(cases)("%s: %j", (file, content, problem) => {
    const found = tidyFile(file, content).map(format);
    if (problem === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(problem)]);
  });
});
