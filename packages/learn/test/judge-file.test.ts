import { readFileSync } from "node:fs";
import { someOf } from "@shirts/command-line/testing";
import { expect, test } from "vitest";
import { type Judged, judgeFile } from "../src/judge/judge-file.ts";
import { emptyFolder, GIVEN, put, SOLUTION, twoSources } from "./folder.ts";

/** Each judgement is a process. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

const given = readFileSync(GIVEN, "utf8");
const solution = readFileSync(SOLUTION, "utf8");
const BREAK = "    if (!it.ok) break;";
/** The line of it, from 1. */
const LINE = given.split("\n").indexOf(BREAK) + 1;

/** Judges the given file with another line in place of the one that is wrong. */
function judgeWith(line: string, seconds = 20): Promise<Judged | undefined> {
  expect(LINE).toBeGreaterThan(0);
  return judgeText(given.replace(BREAK, line), seconds);
}

function judgeText(text: string, seconds = 20): Promise<Judged | undefined> {
  const file = put(emptyFolder(), "two-sources.ts", text);
  return judgeFile({ ...twoSources, exercise: { ...twoSources.exercise, seconds } }, file);
}

test("a solution keeps the law, and its program's lines are told in their order", async () => {
  expect(await judgeText(solution)).toEqual({
    lines: ["P1", "B1", "B2", "B3", "both are closed"],
    endedBy: undefined,
    complaint: undefined,
  });
});

test("the given file breaks it, and the judge's sentence arrives", async () => {
  const judged = await judgeText(given);
  expect(judged?.lines).toEqual(["P1", "both are closed"]);
  expect(judged?.complaint?.text).toMatch(/^B1 and B2 and B3 stayed behind: the loop ended before both/);
});

test("a syntax error has a line and esbuild's message, and nothing ran", async () => {
  expect(await judgeWith("    if (!it.ok brek;")).toEqual({
    lines: [],
    complaint: { text: 'it is no TypeScript yet: Expected ")" but found "brek"', line: LINE },
  });
});

test("errors of types alone do not matter", async () => {
  expect(await judgeText(`${solution}\nconst count: number = "four";\nexport { count };\n`)).toMatchObject({
    complaint: undefined,
  });
});

inCi("a loop of selects that never waits is ended without the watchdog (in CI)", async () => {
  const judged = await judgeWith("    if (!it.ok) continue;", 60);
  expect(judged?.complaint?.text).toContain(
    "a loop never waits: what it selects or receives is ready each time",
  );
});

/** What hangs keeps a core busy for seconds. */
const loops = [
  ["that has nothing to wait for", "    for (;;);"],
  ["that awaits what is ready", "    for (;;) await null;"],
  ["that prints", "    for (;;) print('x');"],
] as const;

test.each(someOf(1, loops))("a loop %s is ended after its seconds, and its line is told", async (_, line) => {
  const judged = await judgeWith(line, 2);
  expect(judged?.complaint).toEqual({
    text: "it did not end within 2 seconds and was ended: a loop there never waits",
    line: LINE,
  });
});

inCi("what waits for hours of the real clock is ended, too (in CI)", async () => {
  const judged = await judgeText(`await new Promise((resolve) => setTimeout(resolve, 1e9));\n${solution}`, 2);
  expect(judged?.complaint).toEqual({
    text: "it did not end within 2 seconds and was ended: it waits too long, or has too much to do",
    line: undefined,
  });
});

test("what it throws has a line", async () => {
  const thrown = { text: "no shirt left", line: LINE };
  expect(await judgeWith('    if (!it.ok) throw new Error("no shirt left");')).toMatchObject({
    lines: ["P1"],
    endedBy: thrown,
    complaint: thrown,
  });
});

inCi("what a routine throws that nobody waits for has one, too (in CI)", async () => {
  const judged = await judgeWith('    if (!it.ok) go(() => { throw new Error("alone"); });');
  expect(judged?.complaint).toEqual({ text: "alone", line: LINE });
});

inCi("a promise that is rejected and that nobody awaits is a complaint (in CI)", async () => {
  const judged = await judgeWith('    void Promise.reject(new Error("floating"));');
  expect(judged?.complaint).toEqual({ text: "floating", line: LINE });
});

test("a deadlock says which line waits for what, and shows no stack", async () => {
  const judged = await judgeWith("    await chan().recv();");
  const { text, line } = judged?.complaint ?? {};
  // First what happened, then what the exercise says to it.
  const [happened, because] = text?.split("; ") ?? [];
  expect([happened, line]).toEqual([
    `all routines are asleep (a deadlock): line ${LINE} waits for a chan receive, the other side waits for a chan send`,
    LINE,
  ]);
  expect(because).toMatch(/^it waits although both are closed/);
  expect(text).not.toContain("the clock here");
});

test.each(someOf(1, ["setTimeout", "setImmediate"]))(
  "a deadlock of a program that waits for %s says that this does not move the clock",
  async (timer) => {
    const judged = await judgeWith(`    await new Promise((resolve) => ${timer}(resolve));`);
    expect(judged?.complaint?.text).toMatch(
      new RegExp(
        `\\(a deadlock\\).*; the clock here is not real: ${timer} does not move it; use sleep\\(ms\\) of @shirts/chan$`,
      ),
    );
    expect(judged?.endedBy?.text).toContain("the clock here is not real");
  },
);

inCi("what is awaited and never comes, outside of any play, is no silence (in CI)", async () => {
  const judged = await judgeText(`await new Promise(() => {});\n${solution}`);
  expect(judged?.complaint?.text).toContain("it waits for something that never comes");
});

inCi("a program that ends its own process keeps no law (in CI)", async () => {
  expect((await judgeText(`${solution}\nprocess.exit(0);\n`))?.complaint?.text).toContain(
    "ends its own process",
  );
});

inCi("a file that does not export what the judge calls is told so (in CI)", async () => {
  const judged = await judgeText(solution.replaceAll("empty", "drain"));
  expect(judged?.complaint?.text).toBe(
    "the file must export a function `empty`, and does not. It exports drain, main.",
  );
});

inCi("a package that is not there is named without the machine's paths (in CI)", async () => {
  const judged = await judgeText(solution.replace("@shirts/chan", "@shirts/chanel"));
  expect(judged?.complaint?.text).toBe("Cannot find package '@shirts/chanel'");
});

test("a file that is not there is a complaint", async () => {
  const judged = await judgeFile(twoSources, `${emptyFolder()}/two-sources.ts`);
  expect(judged?.complaint?.text).toBe("Cannot find module 'two-sources.ts'");
});

inCi("console.log is a program's output like print (in CI)", async () => {
  const judged = await judgeWith('    console.log("shirt %d", 7);\n    if (!it.ok) break;');
  expect(judged?.lines.slice(0, 2)).toEqual(["shirt 7", "P1"]);
});

test("a judgement that is stopped resolves to nothing, and its process is gone", async () => {
  const stop = new AbortController();
  const file = put(emptyFolder(), "two-sources.ts", "for (;;);");
  const judging = judgeFile(twoSources, file, stop.signal);
  stop.abort();
  expect(await judging).toBeUndefined();
  expect(await judgeFile(twoSources, file, stop.signal)).toBeUndefined();
});
