import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { freePorts, startPostgres, startRabbitMq } from "../src/index.ts";
import { psql } from "../src/postgres-process.ts";
import { hasPostgres, hasRabbitMq } from "./installed.ts";

const SERVICES = fileURLToPath(new URL("../src/services-main.ts", import.meta.url));

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}

test("free ports are different and nobody listens on them", async () => {
  const ports = await freePorts(5);
  expect(new Set(ports).size).toBe(5);
  expect(await Promise.all(ports.map(isListening))).toEqual(Array(5).fill(false));
});

test("free ports are none that the system gives to others while a server starts", async () => {
  const range = "/proc/sys/net/ipv4/ip_local_port_range";
  const first = existsSync(range) ? Number.parseInt(readFileSync(range, "utf8"), 10) : 32_768;
  for (const port of await freePorts(200)) expect(port).toBeLessThan(first);
});

test.each([
  [["--only", "mysql"], '--only takes rabbitmq, postgres, redis or some of them with commas, not "mysql".'],
  [["--only", "redis,"], '--only takes rabbitmq, postgres, redis or some of them with commas, not "".'],
  [["--only", "rabbitmq", "--bogus"], "There is no flag --bogus. --help lists the flags."],
  [["--only", "rabbitmq", "--postgres", "18"], "--postgres makes no sense with --only rabbitmq."],
  [
    ["--rabbitmq", "3.9"],
    '"3.9" is no version of RabbitMQ that can be taken: write one such as 4 or 4.3, not older than 3.10.',
  ],
])("bad flags are one line and exit code 2, and nothing is started: %j", (args, line) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", SERVICES, ...args], {
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: `services: ${line}\n` });
});

describe.skipIf(!hasPostgres)("a private PostgreSQL", () => {
  test("keeps an UNLOGGED table over a shutdown in order, and loses its rows in a crash", async () => {
    const server = await startPostgres();
    try {
      await psql(server, "CREATE UNLOGGED TABLE people (shirt text)", "INSERT INTO people VALUES ('blue')");
      await server.shutDown();
      expect(await isListening(server.port)).toBe(false);
      await server.restart();
      expect(await psql(server, "SELECT shirt FROM people")).toBe("blue");
      await server.restart(); // Kills it first.
      expect(await psql(server, "SELECT count(*) FROM people")).toBe("0");
    } finally {
      await server.stop();
    }
  });

  test("keeps committed rows over a kill and a restart on the same port, and is gone when stopped", async () => {
    const server = await startPostgres();
    try {
      await psql(server, "CREATE TABLE people (shirt text)", "INSERT INTO people VALUES ('blue')");
      await server.kill();
      expect(await isListening(server.port)).toBe(false);
      await server.restart();
      expect(await psql(server, "SELECT shirt FROM people")).toBe("blue");
    } finally {
      await server.stop();
    }
    expect(await isListening(server.port)).toBe(false);
  });

  test("does not outlive the command that it was started for, also when a signal ends it", async () => {
    const program = "console.log(process.env.DATABASE_URL); setInterval(() => {}, 1000)";
    const command = ["--only", "postgres", "--", process.execPath, "-e", program];
    const services = spawn(process.execPath, ["--import", "tsx", SERVICES, ...command], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise<number | null>((resolve) => services.on("exit", resolve));
    const url = await new Promise<string>((resolve) =>
      services.stdout.once("data", (text) => resolve(String(text))),
    );
    const port = Number(new URL(url).port);
    expect(await isListening(port)).toBe(true);
    services.kill("SIGTERM");
    expect(await ended).toBe(143);
    expect(await isListening(port)).toBe(false);
  });
});

describe.skipIf(!hasRabbitMq)("a private RabbitMQ", () => {
  test("serves on its own port and is gone when stopped", async () => {
    const node = await startRabbitMq();
    try {
      expect(await isListening(node.port)).toBe(true);
      await node.kill();
      expect(await isListening(node.port)).toBe(false);
    } finally {
      await node.stop();
    }
  });
});
