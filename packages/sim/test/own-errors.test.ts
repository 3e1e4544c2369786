/** What can be wrong with a file of one's own: one clear line each, and never exit code 0. */
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseFlags, UsageError } from "@shirts/command-line";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { OPTIONS, readOptions } from "../src/cli/options.ts";
import { loadOwn } from "../src/cli/own.ts";
import { judgeWorker } from "../src/judge-worker.ts";
import { LawError, type OwnLaw } from "../src/laws.ts";
import { worker } from "../src/template/worker.ts";
import { Elsewhere, TEMPLATE } from "./support/newcomer.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Below the package, so that vitest translates the files, and not tsx. */
const PLACE = fileURLToPath(new URL("../.cache/own-errors/", import.meta.url));

beforeAll(() => {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
});

/** The error that these flags end with, in a folder with these two files. */
async function refusal(args: readonly string[], text: string): Promise<string> {
  const here = new Elsewhere(PLACE);
  vi.stubEnv("INIT_CWD", here.folder);
  here.write("mine.ts", text);
  here.write("notes.md", "");
  try {
    const { values, positionals } = parseFlags(args, OPTIONS, "words");
    readOptions(values, positionals, await loadOwn(values));
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  return "accepted";
}

const simple = "export const worker = async () => {};";

test.each([
  [
    "export const laws = {};",
    "mine.ts exports no worker. It needs: export async function worker(tools: FencedTools) { … }",
  ],
  ['export const worker = "v4";', 'mine.ts: its "worker" is a string, and no function.'],
  ["export const worker = null;", 'mine.ts: its "worker" is null, and no function.'],
  ["export const worker = [];", 'mine.ts: its "worker" is a list, and no function.'],
  ["\nthrow new Error('not today');", /^mine\.ts cannot be imported: (line 2: )?not today$/],
])("--worker, a file with: %s", async (text, line) => {
  expect((await refusal(["--worker", "mine.ts"], text)).replace("--worker: ", "")).toMatch(line);
});

test.each([
  [
    "export const other = 1;",
    'mine.ts exports no laws. It needs: export const laws = { "a name": ({ trace, verdict }) => … }',
  ],
  ["export const laws = 7;", 'mine.ts: its "laws" is a number, and no object of functions.'],
  ["export const laws = {};", 'mine.ts: its "laws" is empty.'],
  ['export const laws = { "a": 7 };', 'mine.ts: its law "a" is a number, and no function.'],
  [
    'export const laws = { "last command wins": () => undefined };',
    'mine.ts: its law "last command wins" has the name of one of ours.',
  ],
])("--laws, a file with: %s", async (text, line) => {
  expect(await refusal(["v4", "--laws", "mine.ts"], text)).toBe(`--laws: ${line}`);
});

test.each([
  [["--worker", "gone.ts"], "--worker: there is no file gone.ts."],
  [["--worker", "."], /^--worker: .* is no file\.$/],
  [["--worker", "notes.md"], "--worker takes a TypeScript file (.ts), not notes.md."],
  [["--worker", "mine.ts", "--base", "v9"], '--base: there is no base "v9"; there are v1, v2, v3 and v4.'],
  [["--worker", "mine.ts", "--laws", "gone.ts"], "--laws: there is no file gone.ts."],
  [["v4", "--base", "v3"], "--base belongs to --worker."],
  [
    ["v4", "--worker", "mine.ts"],
    "either a stage or --worker, not v4 and mine.ts. Its topology is --base v4.",
  ],
  [["--worker", "mine.ts", "--table"], /^--worker does not go with --table\./],
  [
    ["--worker", "mine.ts", "--law", "gravity"],
    /^no law is called "gravity"; the laws are: last command wins; /,
  ],
  [["--worker", "mine.ts", "--base", "v3", "--law", "last"], "accepted"],
])("sim %j", async (args, line) => {
  expect(await refusal(args, simple)).toMatch(line);
});

test("a law that throws, and one that gives no sentence, is named", async () => {
  const judged = (law: OwnLaw) => judgeWorker(worker, { laws: { mine: law } });
  const throws: OwnLaw = () => {
    throw new Error("no such field");
  };
  await expect(judged(throws)).rejects.toThrow(new LawError('the law "mine" threw: no such field'));
  const wrong = (() => true) as unknown as OwnLaw;
  await expect(judged(wrong)).rejects.toThrow(
    'the law "mine" must give a sentence or undefined, not boolean',
  );
});

test.each([
  ['import "@shirts/amqp";', 'a worker knows @shirts/chan and @shirts/story only, not "@shirts/amqp"'],
  [
    'import "node:timers/promises";',
    'a worker has no clock of its own, so no "node:timers/promises": it receives from pace()',
  ],
  ['import { wait } from "@shirts/chan";\nwait();', /^line 1: .*does not provide an export named 'wait'$/],
  ["export const worker = = 1;", /Unexpected "="$/],
  ["\nthrow new Error('not today');", "line 2: not today"],
])("as a process, a file with: %s", async (text, line) => {
  const { code, out, err } = await new Elsewhere().judge(text);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err.trimEnd().replace("sim: --worker: worker.ts cannot be imported: ", "")).toMatch(line);
});

test("as a process, a law that throws and a trace that cannot be written end with code 2 and one line", async () => {
  const here = new Elsewhere();
  here.write("laws.ts", 'export const laws = { mine: () => { throw new Error("no") } };');
  const threw = await here.judge(TEMPLATE, "--laws", "laws.ts");
  expect(threw).toEqual({ code: 2, out: "", err: 'sim: the law "mine" threw: no\n' });
  const { code, err } = await here.judge(TEMPLATE, "--seed", "1", "--keep", "no/folder/x.jsonl");
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringMatching(/^sim: --keep cannot write no\/folder\/x\.jsonl: .*\n$/),
  });
});
