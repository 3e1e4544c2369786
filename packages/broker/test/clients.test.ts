/**
 * Clients of other projects on the embedded broker, each through the same session; and on a real RabbitMQ, where there is one.
 */
import { readFileSync } from "node:fs";
import { connect } from "amqplib";
import { afterAll, describe, expect, test, vi } from "vitest";
import { startBroker } from "../src/index.ts";
import { findRealRabbitMq } from "../src/testing/index.ts";
import { amqplib } from "./clients/amqplib.ts";
import { cloudamqp } from "./clients/cloudamqp.ts";
import { connectionManager } from "./clients/connection-manager.ts";
import { amqp091Go, type Foreign, pika } from "./clients/foreign.ts";
import { rabbitmqClient } from "./clients/rabbitmq-client.ts";
import { EXPECTED, type Session } from "./clients/session.ts";
import { Sandbox } from "./support/sandbox.ts";

const real = await findRealRabbitMq();
if (real.missing) test.skip(`on a real RabbitMQ: ${real.missing}`, () => {});

// Go compiles its client first: a minute, where it has nothing in its cache and others work.
vi.setConfig({ testTimeout: 300_000 });

const bugs: unknown[] = [];
const embedded = await startBroker({ onBug: (error) => bugs.push(error) });
afterAll(async () => {
  await embedded.close();
  expect(bugs).toEqual([]);
});

const sessions: Readonly<Record<string, Foreign>> = {
  amqplib,
  "amqp-connection-manager": connectionManager,
  "rabbitmq-client": rabbitmqClient,
  "@cloudamqp/amqp-client": cloudamqp,
  pika,
  "amqp091-go": amqp091Go,
};

/** Plays a session, and returns what happened in it and what it left in the queue. */
async function played(url: string, session: Session): Promise<string[]> {
  const sandbox = new Sandbox(Number(new URL(url).port || 5672));
  const queue = sandbox.queue("q");
  const log = await session(url, queue);
  const reader = await sandbox.client();
  const { method, body } = await reader.call(1, "basic.get", { queue, noAck: true });
  const isAgain = method.name === "basic.get-ok" && method.args.redelivered;
  const { method: rest } = await reader.call(1, "basic.get", { queue, noAck: true });
  await sandbox.end();
  return [...log, `left: ${body}${isAgain ? " (again)" : ""}`, rest.name];
}

const whole = [...EXPECTED, "left: 3 (again)", "basic.get-empty"];

describe.each(Object.entries(sessions))("%s", (_name, session) => {
  if (typeof session === "string") return test.skip(session, () => {});
  test("plays the session on the embedded broker", async () => {
    expect(await played(embedded.url, session)).toEqual(whole);
  });

  test.runIf(real.url)("plays it on a real RabbitMQ", async () => {
    expect(await played(real.url ?? "", session)).toEqual(whole);
  });
});

test("the README lists the clients that are tried here, and where they are from", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, table = ""] = /\| client \|.*\n\| --- .*\n((?:\|.*\n)+)/.exec(readme) ?? [];
  expect(table.match(/^\| [^|]+/gm)?.map((cell) => cell.slice(1).trim())).toEqual(Object.keys(sessions));
});

test("planted: a broker that loses what a closed client had not acked is noticed", async () => {
  const losing: Session = async (url, queue) => {
    const log = await amqplib(url, queue);
    const connection = await connect(url);
    await (await connection.createChannel()).purgeQueue(queue);
    await connection.close();
    return log;
  };
  expect(await played(embedded.url, losing)).toEqual([...EXPECTED, "left: undefined", "basic.get-empty"]);
});
