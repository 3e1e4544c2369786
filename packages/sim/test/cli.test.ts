import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseFlags, programArgs, UsageError } from "@shirts/command-line";
import { expect, test } from "vitest";
import { tellFile, tellFound, tellSeed } from "../src/cli/one-story.ts";
import { OPTIONS, readOptions } from "../src/cli/options.ts";
import { stageOf } from "../src/stages.ts";

function read(args: readonly string[]) {
  const { values, positionals } = parseFlags(args, OPTIONS, "words");
  return readOptions(values, positionals);
}

test.each([
  [["v9"], 'there is no stage "v9"; there are v1, v2, v3, revision, fence, v3-fence, order, no-fence, v4.'],
  [["v1", "v2"], "one stage at a time, not v1 and v2. --help lists the flags."],
  [["v1", "--seed", "two"], '--seed takes a whole number from 0 to 4294967295, not "two".'],
  [["v1", "--nodes", "0"], '--nodes takes a whole number from 1 to 9, not "0".'],
  [["v1", "--fault", "flood"], /there is no fault "flood"; there are lost-cancel, /],
  [["v1", "--law", "gravity"], /no law is called "gravity"; the laws are: last command wins; /],
  [["--sed", "2"], /There is no flag --sed/],
] as const)("%j is refused in one line", (args, line) => {
  expect(() => read(args)).toThrow(UsageError);
  expect(() => read(args)).toThrow(line);
});

test("a bad command line ends with code 2 and one line", () => {
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [...programArgs(main), "v1", "--seed", "x"],
    {
      encoding: "utf8",
    },
  );
  expect({ status, stdout, lines: stderr.trim().split("\n").length }).toEqual({
    status: 2,
    stdout: "",
    lines: 1,
  });
});

async function told(args: readonly string[], tell: typeof tellFound): Promise<string> {
  let text = "";
  const options = read(args);
  await tell(options.stage ?? stageOf("v1"), options, (more) => {
    text += more;
  });
  return text;
}

test("--find tells a wrong story, and that there is none", async () => {
  expect(await told(["v1", "--find"], tellFound)).toContain("breaks the law");
  expect(await told(["fence", "--find", "--seeds", "20"], tellFound)).toBe(
    'fence: "last command wins" holds for the seeds 1 to 20.\n',
  );
});

test("a trace written by --json is drawn by --read", async () => {
  const json = await told(["v2", "--json"], (stage, options, write) => tellSeed(stage, options, 42, write));
  expect(
    json
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)).length,
  ).toBeGreaterThan(20);
  const file = join(mkdtempSync(join(tmpdir(), "trace-")), "trace.jsonl");
  writeFileSync(file, json);
  let drawn = "";
  tellFile(file, (text) => {
    drawn += text;
  });
  const direct = await told(["v2"], (stage, options, write) => tellSeed(stage, options, 42, write));
  expect(direct).toContain(drawn.split("\n").slice(0, 5).join("\n"));
  writeFileSync(file, `${json}{"at": 3}\n`);
  expect(() => tellFile(file, () => {})).toThrow(/line \d+: not a trace event/);
  expect(() => tellFile(`${file}.gone`, () => {})).toThrow(UsageError);
});
