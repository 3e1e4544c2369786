/** What a reader of `npm run learn` writes is none of the gate's business: `npm test` stays green, whatever it looks like. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filesUnder, repository } from "../src/tree.ts";

const mine = "packages/learn/mine";
let folder: string;

/** Another layout, an import that nothing uses, work that is left, and a wrong type. */
const UGLY = `import { WaitGroup } from "@shirts/chan"\n// ${"TO"}DO later\nexport\tconst answer: string = 4\n`;

beforeAll(() => {
  folder = mkdtempSync(join(repository, mine, "chapter-"));
  writeFileSync(join(folder, "ugly.ts"), UGLY);
});

afterAll(() => rmSync(folder, { recursive: true }));

test("the checks of the tree do not see it", () => {
  expect(filesUnder(repository).filter((path) => path.startsWith(mine))).toEqual([]);
});

test("the compiler does not read it", () => {
  const files = execFileSync(
    process.execPath,
    [join(repository, "node_modules/typescript/bin/tsc"), "--listFilesOnly"],
    { cwd: repository, encoding: "utf8" },
  );
  expect(files).toContain("packages/learn/src/main.ts");
  expect(files).not.toContain(basename(folder));
});

test("Biome looks at no file of it", () => {
  const biome = join(repository, "node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "check", "--no-errors-on-unmatched", folder];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: repository, encoding: "utf8" });
  expect([status, stderr]).toEqual([0, expect.stringContaining("Checked 0 files")]);
});
