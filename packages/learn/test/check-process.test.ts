/** The program without a terminal, as people start it: what it writes, and its exit codes. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { someOf } from "@shirts/command-line/testing";
import { describe, expect, test } from "vitest";
import { catalog, sourceOf } from "../src/catalog.ts";
import { emptyFolder, GIVEN, put, SOLUTION } from "./folder.ts";
import { start } from "./start.ts";

/** Each is a process, or two. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

/** Runs it to its end. */
async function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(...args);
  let [out, err] = ["", ""];
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out, err };
}

describe("--check", () => {
  test("writes a file that is absent, shows its output and its complaint, and ends with 1", async () => {
    const folder = emptyFolder();
    const { code, out } = await run("--check", "select/two-sources", "--dir", folder);
    expect(code).toBe(1);
    expect(out).toContain("written now");
    const task = catalog.entries.find(({ id }) => id === "select/two-sources")?.exercise.task ?? "?";
    const words = (text: string) => text.replace(/\s+/g, " ");
    expect(words(out)).toContain(words(task));
    const again = await run("--check", "select/two-sources", "--dir", folder);
    expect(words(again.out)).not.toContain(words(task));
    expect(out).toContain("    P1\n    both are closed\n  NOT YET: each shirt of both sources");
    expect(readFileSync(join(folder, "select/two-sources.ts"), "utf8")).toBe(readFileSync(GIVEN, "utf8"));
  });

  inCi(
    "ends with 0 when all laws of a chapter are kept, changes no file, and --list says so (in CI)",
    async () => {
      const folder = emptyFolder();
      // As a reader may write it: another layout, and imports that nothing uses.
      const mine = `import { WaitGroup } from "@shirts/chan"\n${readFileSync(SOLUTION, "utf8").replaceAll("  ", "\t")}`;
      const chapter = catalog.entries.filter((entry) => entry.chapter === "select");
      for (const entry of chapter)
        put(folder, `${entry.id}.ts`, readFileSync(sourceOf(entry, "solution"), "utf8"));
      const file = put(folder, "select/two-sources.ts", mine);
      const { code, out } = await run("--check", "select", "--dir", folder);
      expect([code, out]).toEqual([0, expect.stringContaining("KEPT: each shirt of both sources")]);
      expect(readFileSync(file, "utf8")).toBe(mine);
      const list = await run("--list", "--dir", folder);
      expect([list.code, list.out]).toEqual([0, expect.stringContaining("[x] two-sources")]);
      expect(list.out).toMatch(new RegExp(`${chapter.length} of \\d+ done`));
    },
  );

  inCi("says where a syntax error is, as file and line (in CI)", async () => {
    const folder = emptyFolder();
    put(folder, "select/two-sources.ts", "export {};\nconst const = 1;\n");
    const { code, out } = await run("--check", "select/two-sources", "--dir", folder);
    expect(code).toBe(1);
    expect(out.replace(/\s+/g, " ")).toMatch(
      /two-sources\.ts:2: it is no TypeScript yet: Expected identifier/,
    );
  });

  inCi("cuts a long output with a word (in CI)", async () => {
    const folder = emptyFolder();
    const many = readFileSync(SOLUTION, "utf8").replace(
      "await empty(",
      "for (let i = 0; i < 40; i++) print('line ' + i);\n  await empty(",
    );
    put(folder, "select/two-sources.ts", many);
    const { out } = await run("--check", "select/two-sources", "--dir", folder);
    expect(out).toContain("line 14\n");
    expect(out).not.toContain("line 15\n");
    expect(out).toContain("… and 30 more lines");
  });

  test.each(
    someOf(2, [
      [["--check", "selec"], 'There is no chapter "selec"'],
      [["--check", "select/one"], 'There is no exercise "select/one". In this chapter there are'],
      [["--checks"], "There is no flag --checks"],
      [["select", "close"], 'not also "close"'],
      [[], "This needs a terminal"],
    ]),
  )("bad input, %j, is one line and exit code 2", async (args, line) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(line);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });

  inCi("a progress file that is broken is told in one line and kept aside (in CI)", async () => {
    const folder = emptyFolder();
    put(folder, "progress.json", '{"done": ["select/two-');
    const { code, out, err } = await run("--list", "--dir", folder);
    expect([code, out]).toEqual([0, expect.stringMatching(/ 0 of \d+ done/)]);
    expect(err).toContain("It is kept as progress.broken-1.json");
    expect(readFileSync(join(folder, "progress.broken-1.json"), "utf8")).toBe('{"done": ["select/two-');
  });
});
