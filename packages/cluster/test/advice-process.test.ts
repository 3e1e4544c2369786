/** A program that finds no broker says in one line what happened and what a person can do. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { startBroker } from "@shirts/broker";
import { startPosing } from "@shirts/broker/testing";
import { programArgs } from "@shirts/command-line";
import { servePglite } from "@shirts/pglite-server";
import { freePorts } from "@shirts/servers";
import { STUB_PID, serveStub } from "@shirts/table/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

let table: Awaited<ReturnType<typeof servePglite>>;
beforeAll(async () => {
  table = await servePglite();
});
afterAll(() => table.close());

test.each([
  ["a node", "../../v4/src/main.ts", []],
  ["the president", "../src/president/main.ts", ["blue", "--stage", "v4"]],
])("%s that finds no broker says where it looked and what to do", async (_who, entry, args) => {
  const main = new URL(entry, import.meta.url).pathname;
  const port = (await freePorts(1))[0];
  const env = { ...process.env, AMQP_URL: `amqp://127.0.0.1:${port}`, DATABASE_URL: table.url };
  const program = spawn(process.execPath, [...programArgs(main), ...args], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [said] = await Promise.all([text(program.stderr), once(program, "close")]);
  expect(program.exitCode).toBe(1);
  expect(said).toMatch(
    /^\S+ broker at 127\.0\.0\.1:\d+, vhost "\/": nobody answers \(ECONNREFUSED\)\. Start one \(pnpm broker, or docker compose up\) or correct AMQP_URL\.\n$/,
  );
});

test("a node that is sent to a RabbitMQ that is too old says what it found and what to do", async () => {
  const main = new URL("../../v4/src/main.ts", import.meta.url).pathname;
  const broker = await startPosing("RabbitMQ", "3.9.29");
  const node = spawn(process.execPath, [...programArgs(main), "--name", "n1"], {
    env: { ...process.env, AMQP_URL: broker.url, DATABASE_URL: table.url },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [said] = await Promise.all([text(node.stderr), once(node, "close")]);
  await broker.close();
  expect(node.exitCode).toBe(1);
  expect(said).toMatch(
    /^n1: broker at 127\.0\.0\.1:\d+, vhost "\/": it is RabbitMQ 3\.9\.29, and this needs 3\.10 or newer\. Name a newer one in AMQP_URL, [^\n]+\n$/,
  );
});

test.each([
  ["a node", "../../v4/src/main.ts", ["--name", "n1"], "n1", 1],
  ["the president", "../src/president/main.ts", ["blue", "--stage", "v4"], "president", 1],
  ["the verdict", "../src/services/verdict-main.ts", [], "verdict", 2],
] as const)(
  "%s that is sent to a PostgreSQL that is too old says what it found and what to do",
  async (_who, entry, args, name, code) => {
    const old = await serveStub({
      versionNumber: "130023",
      pid: STUB_PID,
      isStandby: false,
      readOnly: "off",
      durability: "on",
    });
    const main = new URL(entry, import.meta.url).pathname;
    const program = spawn(process.execPath, [...programArgs(main), ...args], {
      env: { ...process.env, AMQP_URL: "embedded", DATABASE_URL: old.url },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const [said] = await Promise.all([text(program.stderr), once(program, "close")]);
    old.close();
    expect(program.exitCode).toBe(code);
    expect(said).toBe(
      `${name}: PostgreSQL at ${new URL(old.url).host}: it is PostgreSQL 13, and the table needs 14 or newer. Without DATABASE_URL, \`pnpm world\` serves a table of its own\n`,
    );
  },
);

test("a node tells people which broker and which table it works with, by the names that they say themselves, and how to kill and freeze it", async () => {
  const broker = await startBroker();
  const main = new URL("../../v4/src/main.ts", import.meta.url).pathname;
  const env = { ...process.env, AMQP_URL: broker.url, DATABASE_URL: table.url };
  const node = spawn(process.execPath, ["--import", "tsx", main, "--name", "n1"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const lines = createInterface({ input: node.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toMatch(
      /^n1 works with the embedded broker and PGlite \d+\.\d+\.\d+$/,
    );
    expect((await lines.next()).value).toMatch(
      new RegExp(`^kill -9 ${node.pid} kills it, kill -STOP ${node.pid} freezes it, kill -CONT ${node.pid} `),
    );
  } finally {
    node.kill("SIGKILL");
    await once(node, "close");
    await broker.close();
  }
});

test("a president without a table says so in one line, although no worker runs either", async () => {
  const broker = await startBroker();
  const main = new URL("../src/president/main.ts", import.meta.url).pathname;
  const env = { ...process.env, AMQP_URL: broker.url, DATABASE_URL: table.url };
  const president = spawn(process.execPath, [...programArgs(main), "blue"], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [said] = await Promise.all([text(president.stderr), once(president, "close")]);
  await broker.close();
  expect(said).toMatch(/^president: .* has no table of people yet\. `npm start` makes one in it; .*\n$/);
  expect(president.exitCode).toBe(1);
});
