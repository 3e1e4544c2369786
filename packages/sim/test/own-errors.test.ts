/** What can be wrong with a file of one's own: one clear line each, and no exit code 0. */
import { expect, test } from "vitest";
import { changed, Elsewhere, TEMPLATE } from "./support/newcomer.ts";

const TYPE = "FencedTools";
const lines: readonly [text: string, line: string | RegExp][] = [
  [
    "export const laws = {};",
    "worker.ts exports no worker. It needs: export async function worker(tools: FencedTools) { … }",
  ],
  ['export const worker = "v4";', 'worker.ts: its "worker" is a string, and no function.'],
  ["export const worker = null;", 'worker.ts: its "worker" is null, and no function.'],
  ['\nthrow new Error("not today");', "worker.ts cannot be imported: line 2: not today"],
  ["export const worker = = 1;", /^worker\.ts cannot be imported: .*Unexpected "="/],
  [
    'import "@shirts/amqp";',
    'worker.ts cannot be imported: a worker knows @shirts/chan and @shirts/story only, not "@shirts/amqp"',
  ],
  [
    'import "node:timers/promises";',
    /^worker\.ts cannot be imported: a worker has no clock of its own, so no "node:timers/,
  ],
  ['import { wait } from "@shirts/chan";', /does not provide an export named 'wait'/],
  ['import "./gone.ts";', /^worker\.ts cannot be imported: Cannot find module/],
];

test.each(lines)("--worker, a file with: %s", async (text, line) => {
  const { code, out, err } = await new Elsewhere().judge(text);
  expect({ code, out, lines: err.trim().split("\n").length }).toEqual({ code: 2, out: "", lines: 1 });
  expect(err.replace("sim: --worker: ", "").trim()).toMatch(line);
});

test.each([
  [["--worker", "gone.ts"], "--worker: there is no file gone.ts."],
  [["--worker", "."], /^--worker: .* is no file\.$/],
  [["--worker", "notes.md"], "--worker takes a TypeScript file (.ts), not notes.md."],
  [["--worker", "worker.ts", "--base", "v9"], '--base: there is no base "v9"; there are v1, v2, v3 and v4.'],
  [["--worker", "worker.ts", "--laws", "gone.ts"], "--laws: there is no file gone.ts."],
  [["--worker", "worker.ts", "--laws", "worker.ts"], /^--laws: worker\.ts exports no laws\. It needs: /],
  [["v4", "--base", "v3"], "--base belongs to --worker."],
  [
    ["v4", "--worker", "worker.ts"],
    "either a stage or --worker, not v4 and worker.ts. Its topology is --base v4.",
  ],
  [["--worker", "worker.ts", "--table"], /^--worker does not go with --table\./],
  [
    ["--worker", "worker.ts", "--law", "gravity"],
    /^no law is called "gravity"; the laws are: last command wins; /,
  ],
  [
    ["--worker", "worker.ts", "--keep", "no/folder/x.jsonl", "--seed", "1"],
    /^--keep cannot write no\/folder\/x\.jsonl: /,
  ],
])("sim %j", async (args, line) => {
  const here = new Elsewhere();
  here.write("worker.ts", TEMPLATE);
  here.write("notes.md", "");
  const { code, err } = await here.run("main.ts", ...args);
  expect({ code, lines: err.trim().split("\n").length }).toEqual({ code: 2, lines: 1 });
  expect(err.replace("sim: ", "").trim()).toMatch(line);
});

const lawFiles: readonly [text: string, line: string][] = [
  ["export const laws = 7;", '--laws: laws.ts: its "laws" is a number, and no object of functions.'],
  ["export const laws = {};", '--laws: laws.ts: its "laws" is empty.'],
  ['export const laws = { "mine": 7 };', '--laws: laws.ts: its law "mine" is a number, and no function.'],
  [
    'export const laws = { "last command wins": () => undefined };',
    '--laws: laws.ts: its law "last command wins" has the name of one of ours.',
  ],
  [
    'export const laws = { "mine": ({ trace }) => trace.gone.length };',
    /^the law "mine" threw: Cannot read/.source,
  ],
  [
    'export const laws = { "mine": () => true };',
    'the law "mine" must give a sentence or undefined, not boolean',
  ],
];

test.each(lawFiles)("--laws, a file with: %s", async (text, line) => {
  const here = new Elsewhere();
  here.write("laws.ts", text);
  const { code, out, err } = await here.judge(TEMPLATE, "--laws", "laws.ts");
  expect({ code, out, lines: err.trim().split("\n").length }).toEqual({ code: 2, out: "", lines: 1 });
  expect(err.replace("sim: ", "").trim()).toMatch(line.startsWith("^") ? new RegExp(line) : line);
});

test("a law of one's own is judged like ours, for a worker and for a stage of the house", async () => {
  const here = new Elsewhere();
  here.write(
    "laws.ts",
    'export const laws = { "nobody stops": ({ trace }) => trace.some(({ type }) => type === "stopped") ? "somebody stopped" : undefined };',
  );
  const mine = await here.judge(TEMPLATE, "--laws", "laws.ts");
  expect(mine).toMatchObject({ code: 1, err: "" });
  expect(mine.out).toContain('breaks the law "nobody stops":\n  somebody stopped.\n');
  expect(mine.out).not.toContain("v4's own worker keeps it");
  const house = await here.run("main.ts", "v3", "--laws", "laws.ts", "--seeds", "50");
  expect(house.out).toMatch(/✗ nobody stops: broken in \d+, first by seed \d+/);
  const all = await here.run("main.ts", "v3", "--laws", "laws.ts", "--all", "--law", "nobody");
  expect(all).toMatchObject({ code: 2, err: expect.stringContaining("--all counts by the house's laws") });
});

test("planted: a loop without an await is ended, and one sees after which event", async () => {
  const hangs = changed([
    ["        await walk();\n", "        while (step === 1);\n        await walk();\n"],
  ]);
  const { code, out, err } = await new Elsewhere().judge(hangs);
  expect(code).toBe(1);
  expect(out).toMatch(/n\d .*│\n[\s\S]*1 in PURPLE/);
  expect(err).toMatch(
    /^sim: worker\.ts hangs: in the story of seed \d+, after the last event above, it ran on and waited/,
  );
  expect(err.trim().split("\n")).toHaveLength(1);
});

test("planted: a loop that awaits nothing but itself is ended as well", async () => {
  const hangs = changed([
    ["        await walk();\n", "        while (step === 1) await undefined;\n        await walk();\n"],
  ]);
  expect(await new Elsewhere().judge(hangs)).toMatchObject({
    code: 1,
    err: expect.stringContaining("hangs: in the story of"),
  });
});

test("planted: a file that hangs while it is imported is ended", async () => {
  const { code, err } = await new Elsewhere().judge(`${TEMPLATE}\nfor (;;);\n`);
  expect({ code, err }).toEqual({
    code: 1,
    err: "sim: worker.ts hangs while it is imported: it ran for 5 s and never ended.\n",
  });
});

const guests: readonly [what: string, changes: Parameters<typeof changed>[0], sentence: RegExp][] = [
  [
    "state outside of worker()",
    [
      ["  const newest = new Map<Area, number>();\n", ""],
      [
        `import type { Area, Cancel, Command, ${TYPE}, Job } from "@shirts/story";\n`,
        `import type { Area, Cancel, Command, ${TYPE}, Job } from "@shirts/story";\nconst newest = new Map<Area, number>();\n`,
      ],
    ],
    /"the same story twice is the same":\n {2}the story of seed 1 was played twice/,
  ],
  [
    "a real timer",
    [["        await walk();\n", "        await new Promise((resolve) => setTimeout(resolve, 5));\n"]],
    /setTimeout: a worker has no clock but its tools/,
  ],
  [
    "chance",
    [["        await walk();\n", "        await walk();\n        if (Math.random() < 0.1) break;\n"]],
    /Math\.random: a worker has no chance/,
  ],
  [
    "a promise that rejects and that nobody awaits",
    [
      [
        "        await walk();\n",
        '        await walk();\n        void Promise.reject(new Error("let go"));\n',
      ],
    ],
    /"the loop never panics or deadlocks":\n {2}n\d(\.\d)? panicked[\s\S]*let go/,
  ],
  [
    "a worker that throws before it returns a promise",
    [
      [
        "export async function worker",
        'export function worker(): never { throw new Error("at once"); }\nexport async function unused',
      ],
    ],
    /"the loop never panics or deadlocks"[\s\S]*at once/,
  ],
];

test.each(guests)("planted: %s breaks a law, and the reason is told", async (_, changes, sentence) => {
  const { code, out } = await new Elsewhere().judge(changed(changes));
  expect(code).toBe(1);
  expect(out).toMatch(sentence);
});
