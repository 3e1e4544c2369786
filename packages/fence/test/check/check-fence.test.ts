/** `pnpm check-fence FILE`, as a reader types it. */

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { programArgs } from "@shirts/command-line";
import { someOf } from "@shirts/command-line/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Each plays all the ways in which a fence fails. */
const inCi = it.skipIf(process.env.SHORT_TESTS === "1");

const MAIN = fileURLToPath(new URL("../../src/check/main.ts", import.meta.url));
const TO_COPY = fileURLToPath(new URL("my-table.ts", import.meta.url));
const ASKS_FIRST = fileURLToPath(new URL("asks-first.ts", import.meta.url));
const folder = fileURLToPath(new URL("../../.cache/check-fence/", import.meta.url));

function checkFence(...args: string[]) {
  const { DATABASE_URL, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...programArgs(MAIN, { fromSource: true }), ...args],
    {
      encoding: "utf8",
      env: { ...env, INIT_CWD: folder },
    },
  );
  return { status, stdout, stderr };
}

const whole =
  "connect: async () => ({}), accept: async () => 1, write: async () => 'written', read: async () => 'newer'";

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(`${folder}${name}`, text);
  write("nothing.ts", "export const table = 1;");
  write("broken.ts", "export default {");
  write("half.ts", "export default { connect() {}, write() {} };");
  write("odd.ts", `export default { ${whole}, acept() {} };`);
  write(
    "away.ts",
    `export default { ${whole}, connect: async () => { throw new Error("nobody answers") } };`,
  );
  write("talkative.ts", `export default { ${whole}, write: async () => true };`);
  write("lonely.ts", 'import "a-package-that-nobody-has";');
  write("pathless.ts", 'import "./index.ts";');
  write("hollow.ts", `export default { ${whole} };`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a file that is no table is one clear line, and exit code 2", () => {
  it.each(
    someOf(2, [
      [["broken.ts"], "broken.ts cannot be imported: "],
      [["half.ts"], "the table of half.ts has no function accept, read"],
      [[], "which file? For example: pnpm check-fence ./my-table.ts"],
      [["a.ts", "b.ts"], "one file at a time"],
      [["missing.ts"], "there is no file missing.ts"],
      [["."], "there is no file ."],
      [["lonely.ts"], "lonely.ts cannot be imported: Cannot find package 'a-package-that-nobody-has'"],
      [["pathless.ts"], "pathless.ts cannot be imported: Cannot find module"],
      [
        ["nothing.ts"],
        "nothing.ts has no table as its default export: export default { connect, accept, write, read }",
      ],
      [["odd.ts"], "the table of odd.ts has acept, and the judge knows connect, accept, write, read, "],
    ]),
  )("%j", (args, words) => {
    const { status, stderr } = checkFence(...args);
    expect(stderr).toMatch(/^check-fence: [^\n]*\n$/);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });
});

describe("a table that cannot be played is one clear line, and exit code 1", () => {
  it.each([
    ["away.ts", "nobody answers"],
    ["talkative.ts", 'write answers "written", "again" or "refused", and yours answered true'],
  ])("%s", (file, words) => {
    const { status, stderr } = checkFence(file);
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/^check-fence: [^\n]*\n$/);
    expect(status).toBe(1);
  });
});

it("a table that compares nothing is refused with an order of events, and exit code 1", () => {
  const { status, stdout } = checkFence("hollow.ts");
  expect(stdout).toContain("✗ compares nothing\n    1 an older and then a newer command is accepted\n");
  expect(stdout).toContain("the fence does not hold: ");
  expect(status).toBe(1);
});

it("the table to copy is accepted where it lies", () => {
  const { status, stdout, stderr } = checkFence(TO_COPY);
  expect(stdout, stderr).toContain("the fence holds");
  expect(status).toBe(0);
});

// Neither has the packages that the table imports, and the second one has no package.json that says "module".
describe.each(
  someOf(1, [
    ["in the clone, outside of every package", new URL("../../../../.cache/", import.meta.url)],
    ["in a folder outside of the clone", pathToFileURL(`${tmpdir()}/`)],
  ]),
)("copied %s", (_, parent) => {
  let elsewhere = "";
  beforeAll(() => {
    mkdirSync(parent, { recursive: true });
    elsewhere = mkdtempSync(fileURLToPath(new URL("check-fence-", parent)));
    for (const file of [TO_COPY, ASKS_FIRST]) copyFileSync(file, `${elsewhere}/${basename(file)}`);
  });
  afterAll(() => rmSync(elsewhere, { recursive: true }));

  inCi("the table is accepted (in CI)", () => {
    const { status, stdout, stderr } = checkFence(`${elsewhere}/my-table.ts`);
    expect(stdout, stderr).toContain("the fence holds");
    expect(status).toBe(0);
  });

  it("a wrong one, which imports it, is refused", () => {
    const { status, stdout, stderr } = checkFence(`${elsewhere}/asks-first.ts`);
    expect(stdout, stderr).toContain("✗ asks first, and writes second\n");
    expect(status).toBe(1);
  });
});
