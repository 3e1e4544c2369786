import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { buildPrograms } from "../src/built/build-programs.ts";
import { repository } from "../src/tree.ts";

/** They build. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "shirts-built-")));
  mkdirSync(join(root, "packages/a/src"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const source = (name: string) => join(root, "packages/a/src", name);
const built = () => join(root, ".cache/programs/a/src/main.mjs");

test("a built program knows the place and the lines of its source, and has its other files in it", async () => {
  writeFileSync(source("told.ts"), 'export const told: string = "told";\n');
  writeFileSync(
    source("main.ts"),
    `import { told } from "./told.ts";
interface Gone { readonly never: true }
console.log(told, import.meta.url);
console.log(new Error("here").stack);
`,
  );
  expect(await buildPrograms(root)).toBe(1);
  rmSync(source("told.ts"));
  const output = execFileSync(process.execPath, ["--enable-source-maps", built()], { encoding: "utf8" });
  expect(output).toContain(`told ${pathToFileURL(source("main.ts")).href}\n`);
  expect(output).toMatch(/packages\/a\/src\/main\.ts:4:\d+/);
});

test("a program whose source is gone is not there any more, nor one that was built before an error", async () => {
  writeFileSync(source("main.ts"), "console.log(1);\n");
  await buildPrograms(root);
  expect(existsSync(built())).toBe(true);
  rmSync(source("main.ts"));
  expect(await buildPrograms(root)).toBe(0);
  expect(existsSync(built())).toBe(false);

  writeFileSync(source("main.ts"), "console.log(1);\n");
  await buildPrograms(root);
  writeFileSync(source("main.ts"), "console.log(;\n");
  await expect(buildPrograms(root)).rejects.toThrow(/main\.ts:1:12/);
  expect(existsSync(built())).toBe(false);
});

inCi(
  "all programs of this repository can be built, and a built one says what its source says (in CI)",
  async () => {
    // Within the repository: a program still asks for some libraries by name.
    const folder = join(repository, `.cache/built-for-a-test-${process.pid}`);
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    expect(await buildPrograms(repository, folder)).toBeGreaterThan(20);
    const help = (...program: string[]) =>
      execFileSync(process.execPath, [...program, "--help"], { encoding: "utf8" });
    for (const name of ["cluster/src/president/main", "demo/src/main", "storm/src/main"])
      expect(help(join(folder, `${name}.mjs`))).toBe(
        help("--import", import.meta.resolve("tsx"), join(repository, "packages", `${name}.ts`)),
      );
  },
);
