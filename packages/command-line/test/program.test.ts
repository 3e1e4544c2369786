/** How a whole program answers, seen from outside: output, errors, exit code. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { programArgs } from "../src/index.ts";

const GREET = fileURLToPath(new URL("./programs/greet.ts", import.meta.url));
const COMMAND = programArgs(GREET);
const { DEBUG: _, ...ENV } = process.env;

function greet(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], {
    encoding: "utf8",
    env: { ...ENV, ...env },
  });
  return { status, stdout, stderr };
}

const start = (word: string) => spawn(process.execPath, [...COMMAND, word], { env: ENV });

test("main gets the flags and the words; the exit code is 0", () => {
  expect(greet(["--", "--times", "2", "Ann"])).toEqual({
    status: 0,
    stdout: "Hello, Ann!\nHello, Ann!\n",
    stderr: "",
  });
});

test("the exit code is what main resolves with, or what was set on the way", () => {
  expect(greet(["three"])).toEqual({ status: 3, stdout: "", stderr: "" });
  expect(greet(["four"])).toEqual({ status: 4, stdout: "", stderr: "" });
});

test("the program ends with main, whatever still runs", () => {
  expect(greet(["busy"])).toEqual({ status: 0, stdout: "", stderr: "" });
});

test.each(["--help", "-h"])("%s prints the usage and runs nothing", (flag) => {
  expect(greet(["error", flag])).toEqual({ status: 0, stdout: "greet [--times N] NAME\n", stderr: "" });
});

test.each([
  [["--colour"], "There is no flag --colour. --help lists the flags."],
  [["--times", "ten", "Ann"], '--times takes a whole number from 1 to 9, not "ten".'],
  [[], "Greet whom?"],
  [["known"], "There is no such table."],
])("what the input is to blame for is one line and exit code 2: %j", (args, line) => {
  expect(greet(args)).toEqual({ status: 2, stdout: "", stderr: `greet: ${line}\n` });
});

test.each([
  ["error", "The first line. The second."],
  ["no error", "only words"],
  ["an object", "{ shirt: 'blue', area: { name: 'asia' } }"],
  ["nothing", "undefined"],
  ["no message", "RangeError"],
  ["many", "nobody at ::1; nobody at 127.0.0.1"],
  ["elsewhere", "in a timer"],
  ["unhandled", "nobody awaits it"],
])("every other error is one line and exit code 1: %s", (word, line) => {
  expect(greet([word])).toEqual({ status: 1, stdout: "", stderr: `greet: ${line}\n` });
});

test("a port that is taken is one line that says which, and what to do", () => {
  const { status, stderr } = greet(["listen"]);
  expect(stderr).toMatch(/^greet: another program listens on port \d+\. Take another one with --port, .*\n$/);
  expect(status).toBe(1);
});

test("a program may learn its name from its flags", () => {
  expect(greet(["--as", "n1", "error"]).stderr).toBe("n1: The first line. The second.\n");
});

test("DEBUG adds the stack, and the error behind the error", () => {
  const { stderr } = greet(["known"], { DEBUG: "1" });
  expect(stderr).toMatch(
    /^greet: There is no such table\.\nUsageError: [\s\S]*greet\.ts:\d+[\s\S]*no such table/,
  );
});

test("what main has written is read to its end, also when the reader is slow", async () => {
  const child = start("much");
  // The reader begins only when all is written: more than a pipe holds.
  await once(child.stderr, "data");
  expect(await text(child.stdout)).toHaveLength(1_000_000);
});

test("a reader that has seen enough is a good end: `| head`, without a word", () => {
  const greeting = `"${process.execPath}" ${COMMAND.map((word) => `"${word}"`).join(" ")}`;
  const { stdout, stderr } = spawnSync(
    "sh",
    ["-c", `{ ${greeting} endless; echo "exit code $?" >&2; } | head -n 1`],
    { encoding: "utf8", env: ENV },
  );
  expect({ stdout, stderr }).toEqual({ stdout: "hello\n", stderr: "exit code 0\n" });
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("stopSignal resolves on %s with its exit code", async (signal, code) => {
  const child = start("told");
  await once(child.stdout, "data");
  child.kill(signal);
  expect(await once(child, "close")).toEqual([code, null]);
});

test("stopSignal resolves with 0 when standard input closes", async () => {
  const child = start("told");
  await once(child.stdout, "data");
  child.stdin.end();
  expect(await once(child, "close")).toEqual([0, null]);
});
