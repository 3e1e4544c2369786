import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseFlags, UsageError } from "@shirts/command-line";
import { expect, test } from "vitest";
import { tellMany } from "../src/cli/many.ts";
import { OPTIONS, readOptions } from "../src/cli/options.ts";

function read(args: readonly string[]) {
  const { values, positionals } = parseFlags(args, OPTIONS, "words");
  return readOptions(values, positionals);
}

async function many(...args: string[]): Promise<string> {
  let text = "";
  const options = read(args);
  await tellMany(options, options.seeds ?? 0, (more) => {
    text += more;
  });
  return text;
}

test("many seeds of several stages, stopped half-way, count the same as in one go", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "seeds-")), "kept.json");
  await many("v1", "fence", "--seeds", "30", "--resume", file);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ v1: { next: 31 }, fence: { next: 31 } });
  const rest = await many("v1", "fence", "--seeds", "60", "--resume", file);
  expect(rest).toBe(await many("v1", "fence", "--seeds", "60"));
  expect(rest).toMatch(
    /v1: 60 stories[\s\S]*✗ last command wins: broken in \d+, first by seed 5[\s\S]*fence: 60 stories/,
  );
});

test("a file about other stories, or about nothing, is refused", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "seeds-")), "kept.json");
  await many("v1", "--seeds", "2", "--resume", file);
  await expect(many("v1", "--nodes", "3", "--seeds", "2", "--resume", file)).rejects.toThrow(UsageError);
  writeFileSync(file, "not json");
  await expect(many("v1", "--seeds", "2", "--resume", file)).rejects.toThrow(/cannot go on from/);
});
