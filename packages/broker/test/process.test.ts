/** The broker as a process of its own: its first line, its errors and its end. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { programArgs } from "@shirts/command-line";
import { connect } from "amqplib";
import { afterEach, expect, test } from "vitest";

const MAIN = new URL("../src/main.ts", import.meta.url).pathname;
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

function run(...args: string[]) {
  const child = spawn(process.execPath, [...programArgs(MAIN), ...args], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  started.push(child);
  const ended = Promise.all([text(child.stderr), once(child, "close")]).then(([err, [code]]) => ({
    err,
    code,
  }));
  return { child, ended };
}

/** Starts a broker on a free port; resolves with its first line. */
async function serving(...args: string[]) {
  const { child, ended } = run("--port", "0", ...args);
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { child, ended, line: String(line) };
}

test("its first line names its address, and tells that it keeps its queues in memory", async () => {
  const { line } = await serving();
  expect(line).toMatch(/amqp:\/\/guest:guest@127\.0\.0\.1:\d+.*memory only/);
});

test("with --json its first line is an object with the url that clients need", async () => {
  const { line } = await serving("--json");
  const { url, port } = JSON.parse(line);
  expect(new URL(url).port).toBe(String(port));
  await (await connect(url)).close();
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends it with exit code 0, and clients get 320",
  async (signal) => {
    const { child, ended, line } = await serving("--json");
    const client = await connect(JSON.parse(line).url);
    // amqplib emits `close` for an orderly shutdown, not `error`.
    const closed = once(client, "close");
    child.kill(signal);
    expect((await ended).code).toBe(0);
    expect((await closed)[0]).toMatchObject({ code: 320 });
  },
);

test("with --parent-pipe it ends when its standard input closes", async () => {
  const { child, ended } = await serving("--json", "--parent-pipe");
  child.stdin?.end();
  expect((await ended).code).toBe(0);
});

test("a port that is taken is one clear line and exit code 1", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const { err, code } = await run("--port", String(port)).ended;
  other.close();
  expect(code).toBe(1);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(err).toContain(`port ${port}`);
});

test.each([
  [["--port", "70000"], /70000/],
  [["--colour"], /--colour/],
])("bad flags %j are one clear line and exit code 2", async (args, line) => {
  const { err, code } = await run(...args).ended;
  expect(code).toBe(2);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(err).toMatch(line);
});

test("it refuses to listen beyond this machine, since user and password are known to everyone", async () => {
  const { err, code } = await run("--port", "0", "--host", "0.0.0.0").ended;
  expect(code).not.toBe(0);
  expect(err).toContain("0.0.0.0");
});
