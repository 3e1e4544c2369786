/** The broker as a process: what it prints, and how it ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { RawClient } from "./support/raw-client.ts";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
});

function start(...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, ...args], { stdio: "pipe" });
  children.push(child);
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return {
    child,
    ended: once(child, "close").then(([code]) => ({ code, out, err })),
    ready: once(child.stdout, "data").then(() => out),
  };
}

async function startJson(...args: string[]) {
  const started = start("--port", "0", "--json", ...args);
  const { url, port } = JSON.parse(await started.ready);
  expect(url).toBe(`amqp://guest:guest@127.0.0.1:${port}`);
  return { ...started, port: Number(port) };
}

test("it says where it listens and that it keeps nothing, and ends with 0 on SIGINT", async () => {
  const { child, ready, ended } = start("--port", "0");
  expect(await ready).toMatch(
    /^broker: listening on amqp:\/\/guest:guest@127\.0\.0\.1:\d+ \(memory only.*\n$/,
  );
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ code: 0, err: "" });
});

test("with --json it prints one line of JSON, and ends with 0 on SIGTERM though a client is there", async () => {
  const { child, port, ended } = await startJson();
  const client = await RawClient.open(port);
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 0, err: "" });
  expect(client.lines("connection.close")[0]).toContain("320");
});

test("with --parent-pipe it ends when its standard input does", async () => {
  const { child, ended } = await startJson("--parent-pipe");
  child.stdin.end();
  expect(await ended).toMatchObject({ code: 0, err: "" });
});

test("a port that is taken is one clear line and exit 1", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  expect(await start("--port", port).ended).toEqual({
    code: 1,
    out: "",
    err: `broker: port ${port} is taken: is another broker running? Choose another one with --port\n`,
  });
  server.close();
});

test.each([
  [["--port", "many"], 2, /^broker: --port wants a number from 0 to 65535, not "many".*\n$/],
  [["--port", "70000"], 2, /^broker: --port wants a number from 0 to 65535, not "70000".*\n$/],
  [["--colour"], 2, /^broker: Unknown option '--colour'.*\n$/],
  [["--host", "0.0.0.0"], 1, /^broker: the embedded broker listens on loopback only.*\n$/],
])("bad flags are one clear line: %j", async (args, code, line) => {
  const { code: actual, out, err } = await start(...args).ended;
  expect({ actual, out }).toEqual({ actual: code, out: "" });
  expect(err).toMatch(line);
});

test("--help lists the flags", async () => {
  const { code, out } = await start("--help").ended;
  expect(code).toBe(0);
  for (const flag of ["--port", "--host", "--json", "--parent-pipe"]) expect(out).toContain(flag);
});
