/** What can be wrong with a file of one's own: one clear line each, and never exit code 0. */

import { parseFlags, UsageError } from "@shirts/command-line";
import { someOf } from "@shirts/command-line/testing";
import { afterEach, expect, test, vi } from "vitest";
import { OPTIONS, readOptions } from "../src/cli/options.ts";
import { loadOwn } from "../src/cli/own.ts";
import { judgeWorker } from "../src/judge-worker.ts";
import { LawError, type OwnLaw } from "../src/laws.ts";
import { worker } from "../src/template/worker.ts";
import { Elsewhere, TEMPLATE } from "./support/newcomer.ts";

// Each question is two processes; on a busy machine that alone takes a while.
vi.setConfig({ testTimeout: 180_000 });

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The error that these flags end with, in a folder with mine.ts, which has these exports. */
async function refusal(args: readonly string[], exports: Readonly<Record<string, unknown>>): Promise<string> {
  const here = new Elsewhere();
  vi.stubEnv("INIT_CWD", here.folder);
  here.write("mine.ts", "");
  here.write("notes.md", "");
  try {
    const { values, positionals } = parseFlags(args, OPTIONS, "words");
    readOptions(values, positionals, await loadOwn(values, async () => exports));
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  return "accepted";
}

test.each([
  [
    { laws: {} },
    "mine.ts exports no worker. It needs: export async function worker(tools: FencedTools) { … }",
  ],
  [{ worker: "v4" }, 'mine.ts: its "worker" is a string, and no function.'],
  [{ worker: null }, 'mine.ts: its "worker" is null, and no function.'],
  [{ worker: [] }, 'mine.ts: its "worker" is a list, and no function.'],
  [{ worker: {} }, 'mine.ts: its "worker" is an object, and no function.'],
])("--worker, a file that exports %j", async (exports, line) => {
  expect(await refusal(["--worker", "mine.ts"], exports)).toBe(`--worker: ${line}`);
});

test.each([
  [
    { other: 1 },
    'mine.ts exports no laws. It needs: export const laws = { "a name": ({ trace, verdict }) => … }',
  ],
  [{ laws: 7 }, 'mine.ts: its "laws" is a number, and no object of functions.'],
  [{ laws: {} }, 'mine.ts: its "laws" is empty.'],
  [{ laws: { a: 7 } }, 'mine.ts: its law "a" is a number, and no function.'],
  [
    { laws: { "last command wins": () => undefined } },
    'mine.ts: its law "last command wins" has the name of one of ours.',
  ],
  [
    { laws: { "an ack comes after the last step": () => undefined } },
    'mine.ts: its law "an ack comes after the last step" has the name of one of ours.',
  ],
])("--laws, a file that exports %j", async (exports, line) => {
  expect(await refusal(["v4", "--laws", "mine.ts"], exports)).toBe(`--laws: ${line}`);
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
  [["v4", "--laws", "mine.ts", "--matrix"], "with --matrix, --laws needs --worker."],
  [
    ["--worker", "mine.ts", "--law", "gravity"],
    /^no law is called "gravity"; the laws are: last command wins; /,
  ],
  [["--worker", "mine.ts", "--laws", "mine.ts", "--law", "min"], "accepted"],
  [["--worker", "mine.ts", "--base", "v3", "--law", "last"], "accepted"],
])("sim %j", async (args, line) => {
  const exports = { worker, laws: { mine: () => undefined } };
  expect(await refusal(args, exports)).toMatch(line);
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

test.each(
  someOf(1, [
    ['import "@shirts/amqp";', 'a worker knows @shirts/chan and @shirts/story only, not "@shirts/amqp"'],
    [
      'import "node:timers/promises";',
      'a worker has no clock of its own, so no "node:timers/promises": it receives from pace()',
    ],
    ['import { wait } from "@shirts/chan";\nwait();', /^line 1: .*does not provide an export named 'wait'$/],
    ["export const worker = = 1;", /Unexpected "="$/],
    ["\nthrow new Error('not today');", "line 2: not today"],
  ]),
)("as a process, a file with: %s", async (text, line) => {
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
