/**
 * When the faults stop, everybody wears the newest shirt, and no person has to do anything for it. On the embedded broker, and
 * on a RabbitMQ of this test's own where servers are required (REQUIRE_SERVICES=1).
 */

import { connect } from "@shirts/amqp";
import { startFaultProxy } from "@shirts/amqp/testing";
import { someOf } from "@shirts/command-line/testing";
import { startRabbitMq } from "@shirts/servers";
import { STAGES, type TraceEvent } from "@shirts/story";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Attempts } from "../src/node/attempts.ts";
import { attach } from "../src/node/node.ts";
import { NodeWorld } from "../src/node/node-world.ts";
import { readSettings } from "../src/node/settings.ts";
import { Shutdown } from "../src/node/shutdown.ts";
import { command, missed, resend } from "../src/president/president.ts";
import { killAll } from "../src/processes/child.ts";
import { startNode } from "../src/processes/node-process.ts";
import { databaseOfFile, openTestServices } from "./support/services.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PATIENCE = { timeout: 30_000 };
/** A step that never ends, in milliseconds: what happens, happens within it. */
const FOR_EVER = 3_600_000;
const { queue } = STAGES.v4.jobs;
const database = databaseOfFile();
const closing: (() => unknown)[] = [];

interface Broker {
  readonly url: string | undefined;
  /** All that is in the queue is lost. */
  loseQueue(purge: () => Promise<unknown>): Promise<unknown>;
  stop(): Promise<unknown>;
}

const embedded = {
  name: "the embedded broker",
  start: async (): Promise<Broker> => ({
    url: undefined,
    loseQueue: (purge) => purge(),
    stop: async () => {},
  }),
};
const rabbitMq = {
  name: "RabbitMQ",
  async start(): Promise<Broker> {
    const server = await startRabbitMq();
    return {
      url: server.url,
      loseQueue: () => server.ctl("delete_queue", queue),
      stop: () => server.stop(),
    };
  },
};
const kinds = process.env.REQUIRE_SERVICES === "1" ? [embedded, rabbitMq] : [embedded];

/** They start many nodes, one after the other. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

describe.each(kinds)("on $name", ({ start: startBroker }) => {
  let broker: Broker;
  beforeAll(async () => {
    broker = await startBroker();
  });
  afterAll(() => broker?.stop());
  afterEach(async () => {
    killAll();
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function open() {
    const { served, broker: at, table, rabbit } = await openTestServices("v4", database, closing, broker.url);
    for (const one of [queue, `${queue}_dead`]) await rabbit.purge(one);
    const events: TraceEvent[] = [];
    const start = (paceMs: number, amqpUrl = at.url) =>
      startNode(
        {
          name: "n1",
          stage: "v4",
          paceMs,
          steps: 10,
          drainMs: 0,
          env: { AMQP_URL: amqpUrl, DATABASE_URL: served.url },
        },
        (event) => events.push(event),
      );
    const times = (type: TraceEvent["type"]) => events.filter((event) => event.type === type).length;
    const attempts = async () => (await table.waiting("v4"))[0]?.attempts;
    const dead = async () => (await rabbit.depth(`${queue}_dead`)).messages;
    const order = () => command({ rabbit, table }, "v4", "north-america", "blue", () => {});
    const isRight = async () => (await table.verdict()).every(({ wrong }) => wrong === 0);
    return { at, table, rabbit, events, start, times, attempts, dead, order, isRight };
  }

  test("the newest job is lost with its queue while no node lives: the next node brings it back", async () => {
    const { rabbit, start, times, order, isRight } = await open();
    await order();
    await broker.loseQueue(() => rabbit.purge(queue));
    await start(0).ready;
    await vi.waitUntil(isRight, PATIENCE);
    expect(times("sent again")).toBe(1);
  });

  inCi(
    "thirty cut connections within one step, then the node is killed: the job is no dead letter, and the next node does it (in CI)",
    async () => {
      const { at, start, times, attempts, dead, order, isRight } = await open();
      const proxy = await startFaultProxy(at.url);
      closing.push(() => proxy.close());
      const { node, ready } = start(FOR_EVER, proxy.url);
      await ready;
      await order();
      for (let cut = 1; cut <= 30; cut++) {
        await vi.waitUntil(() => times("delivered") >= cut, PATIENCE);
        proxy.cut();
      }
      await vi.waitUntil(() => times("delivered") === 31, PATIENCE);
      // All others are taken back: the process lives.
      await vi.waitUntil(async () => (await attempts()) === 1, PATIENCE);
      node.signal("SIGKILL");
      await node.ended;
      await start(0).ready;
      await vi.waitUntil(isRight, PATIENCE);
      expect(await dead()).toBe(0);
    },
  );

  test("a hundred deploys within one step of a job: it is no dead letter, and the next node does it", async () => {
    const { at, table, start, attempts, dead, order, isRight } = await open();
    await order();
    for (let deploy = 1; deploy <= 100; deploy++) {
      const rabbit = await connect(at.url, { name: `deploy ${deploy}` });
      const shutdown = new Shutdown();
      const report = () => {};
      const noted = new Attempts(table, `deploy ${deploy}`, report);
      const flags = { pace: "0", steps: "10", drain: "0", json: true, "parent-pipe": false };
      const settings = readSettings("v4", flags, {});
      const parts = {
        settings,
        report,
        tell: report,
        table,
        world: new NodeWorld(table),
        attempts: noted,
        rabbit,
        shutdown,
      };
      const { admitJobs, consume } = attach(parts);
      const [job] = await admitJobs(await consume(STAGES.v4.jobs)).recv();
      expect(job?.command.shirt, `deploy ${deploy}`).toBe("blue");
      expect(await attempts()).toBe(1);
      // Drained: what `runNode` does when the time is over.
      await Promise.all([shutdown.begin(), rabbit.close(), noted.end()]);
      expect(await attempts()).toBe(0);
    }
    await start(0).ready;
    await vi.waitUntil(isRight, PATIENCE);
    expect(await dead()).toBe(0);
  });

  test.each(
    someOf(1, [
      ["SIGKILL", "SIGKILL", 1],
      ["SIGTERM", 143, 0],
      ["SIGINT", 130, 0],
    ]),
  )("%s in the middle of a step ends a node with %s and leaves %i attempts", async (signal, code, left) => {
    const { start, attempts, order } = await open();
    const { node, ready } = start(FOR_EVER);
    await ready;
    await order();
    await vi.waitUntil(async () => (await attempts()) === 1, PATIENCE);
    node.signal(signal);
    expect(await node.ended).toBe(code);
    expect(await attempts()).toBe(left);
  });

  test("a job that kills five nodes is dead-lettered and told in one line; the node lives on, and only a person brings it back", async () => {
    const { table, rabbit, start, times, attempts, dead, order, isRight } = await open();
    const blue = await order();
    for (let kill = 1; kill <= 5; kill++) {
      const { node } = start(FOR_EVER);
      await vi.waitUntil(async () => (await attempts()) === kill, PATIENCE);
      node.signal("SIGKILL");
      await node.ended;
    }
    const { node } = start(0);
    await vi.waitUntil(() => times("rejected") === 1 && times("dead-lettered") === 1, PATIENCE);
    await vi.waitUntil(() => node.complaint() !== "", PATIENCE);
    expect(node.complaint()).toBe(
      "n1: a message of v4_jobs is in v4_jobs_dead now: 5 nodes died of it without one step in between. " +
        "It does not come back by itself; `president --resend` tries it again",
    );
    expect(await dead()).toBe(1);
    // Relays see nothing that waits, and another copy is not begun either.
    expect(await table.waiting("v4")).toEqual([]);
    await resend({ rabbit, table }, "v4", [blue]);
    await vi.waitUntil(() => times("dead-lettered") === 2, PATIENCE);
    expect(times("painted")).toBe(0);
    // By hand, as `president --resend` does it.
    const orders = await missed({ table }, "v4", { unfinished: true });
    for (const one of orders) await table.revive(one);
    await resend({ rabbit, table }, "v4", orders);
    await vi.waitUntil(isRight, PATIENCE);
    await vi.waitUntil(() => times("acked") === 1, PATIENCE);
  });
});
