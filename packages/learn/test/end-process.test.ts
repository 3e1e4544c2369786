/** Whenever the program ends, nothing is left of it, and the reader's file is whole. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { programArgs } from "@shirts/command-line";
import { isAlive, someOf } from "@shirts/command-line/testing";
import { describe, expect, test } from "vitest";
import { emptyFolder, put, SOLUTION } from "./folder.ts";
import { HANGS, judgePid } from "./hangs.ts";
import { environment, MAIN, start } from "./start.ts";

describe("ended in the middle of a judgement", () => {
  test.each(
    someOf(1, [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGKILL", null],
    ]),
  )("by %s it leaves no process and no half-written file", async (signal, code) => {
    const folder = emptyFolder();
    const text = HANGS(folder);
    const file = put(folder, "select/two-sources.ts", text);
    const program = start("--check", "select/two-sources", "--dir", folder);
    const ended = new Promise((resolve) => program.on("close", resolve));
    const pid = await judgePid(folder);
    program.kill(signal);
    expect(await ended).toBe(code);
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
    expect(readFileSync(file, "utf8")).toBe(text);
    expect(readdirSync(join(folder, "select"))).toEqual(["two-sources.ts"]);
  });
});

const hasScript = spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0;

describe.skipIf(!hasScript)("in a terminal", () => {
  /** `script` gives it a terminal; what is typed is its standard input. */
  function inTerminal(folder: string): ChildProcessWithoutNullStreams {
    const words = [process.execPath, ...programArgs(MAIN), "select/two-sources", "--dir", folder];
    const command = `stty rows 40 cols 60; exec ${words.map((word) => `'${word}'`).join(" ")}`;
    return spawn("script", ["-qec", command, "/dev/null"], { env: environment });
  }

  /** All that it has drawn. */
  function drawn(program: ChildProcessWithoutNullStreams): () => string {
    let text = "";
    program.stdout.on("data", (data) => {
      text += data;
    });
    return () => text;
  }

  test("it judges each save, and q ends it with 0", async () => {
    const folder = emptyFolder();
    const program = inTerminal(folder);
    const ended = new Promise((resolve) => program.on("close", resolve));
    const text = drawn(program);
    await expect.poll(text, { timeout: 30_000 }).toContain("NOT YET");
    copyFileSync(SOLUTION, join(folder, "select/two-sources.ts"));
    await expect.poll(text, { timeout: 30_000 }).toContain("KEPT");
    program.stdin.write("q");
    expect(await ended).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, "progress.json"), "utf8"))).toMatchObject({
      done: ["select/two-sources"],
    });
  });

  test("Ctrl-C ends it while a loop of the reader never waits, and nothing is left", async () => {
    const folder = emptyFolder();
    const text = HANGS(folder);
    const file = put(folder, "select/two-sources.ts", text);
    const program = inTerminal(folder);
    const ended = new Promise((resolve) => program.on("close", resolve));
    const pid = await judgePid(folder);
    program.stdin.write("\u0003");
    expect(await ended).toBe(130);
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});
