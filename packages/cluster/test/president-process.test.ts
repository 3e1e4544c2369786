/** The president as a process of its own, which dies at the worst moment: the table has its command, the broker has not. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { startFaultProxy } from "@shirts/amqp/testing";
import { programArgs } from "@shirts/command-line";
import type { TraceEvent } from "@shirts/story";
import { afterEach, expect, test, vi } from "vitest";
import { startRelay } from "../src/president/relay.ts";
import { killAll } from "../src/processes/child.ts";
import { startNode } from "../src/processes/node-process.ts";
import { databaseOfFile, openTestServices } from "./support/services.ts";

vi.setConfig({ testTimeout: 60_000 });

const inCi = test.skipIf(process.env.SHORT_TESTS === "1");
const MAIN = new URL("../src/president/main.ts", import.meta.url).pathname;
const database = databaseOfFile();
const closing: (() => unknown)[] = [];

afterEach(async () => {
  killAll();
  for (const close of closing.splice(0).reverse()) await close();
});

/** From basic.publish on (class 60, method 40) nothing of what this president says reaches the broker. */
const PUBLISH = Buffer.from([0, 60, 0, 40]);

async function start() {
  const { served, broker, table, rabbit } = await openTestServices("v4", database, closing);
  const env = { AMQP_URL: broker.url, DATABASE_URL: served.url };
  const president = (args: string[], more: NodeJS.ProcessEnv = {}): ChildProcess =>
    spawn(process.execPath, [...programArgs(MAIN), ...args, "--stage", "v4"], {
      env: { ...process.env, ...env, ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });
  /** A president commands BLUE, and is killed between the table and the broker. */
  const dieInBetween = async () => {
    const proxy = await startFaultProxy(broker.url);
    const held = proxy.stallAt(PUBLISH);
    closing.push(() => proxy.close());
    const doomed = president(["blue"], { AMQP_URL: proxy.url });
    closing.push(() => doomed.kill("SIGKILL"));
    await held;
    expect(await table.unconfirmed("v4")).toHaveLength(1);
    doomed.kill("SIGKILL");
    await once(doomed, "close");
    expect((await rabbit.depth("v4_jobs")).messages).toBe(0);
  };
  const events: TraceEvent[] = [];
  const settings = { name: "n1", stage: "v4", paceMs: 0, steps: 10, drainMs: 1_000, env } as const;
  const work = async () => {
    await startNode(settings, (event) => events.push(event)).ready;
    await vi.waitUntil(() => events.some(({ type }) => type === "acked"), { timeout: 20_000 });
    // A copy may have taken over in the middle: then the first ack is not the end.
    await vi.waitUntil(async () => (await table.unfinished("v4")).length === 0, { timeout: 20_000 });
    expect(await table.verdict()).toMatchObject([{ commanded: "blue", wrong: 0, wearing: { blue: 10 } }]);
  };
  return { table, rabbit, president, dieInBetween, work };
}

test("a president dies between accept and publish: `president --resend` publishes it, and everybody wears it", async () => {
  const { table, president, dieInBetween, work } = await start();
  await dieInBetween();
  const second = president(["--resend"]);
  const [said, told] = await Promise.all([
    second.stdout ? text(second.stdout) : "",
    second.stderr ? text(second.stderr) : "",
    once(second, "close"),
  ]);
  expect(second.exitCode).toBe(0);
  // Who reads its stdout finds nothing but what it did.
  expect(told).toMatch(/^president works with the embedded broker and PGlite \d+\.\d+\.\d+\n$/);
  expect(said).toMatch(/^Sent again: North America in .*BLUE.*, revision 1\.\n$/);
  expect(await table.unconfirmed("v4")).toEqual([]);
  await work();
});

test("a president dies between accept and publish: the relay of another one publishes it, and everybody wears it", async () => {
  const { table, rabbit, dieInBetween, work } = await start();
  await dieInBetween();
  const relay = startRelay({ table, rabbit }, "v4", { afterMs: 10, everyMs: 10 });
  closing.push(() => relay.stop());
  await vi.waitUntil(async () => (await rabbit.depth("v4_jobs")).messages > 0, { timeout: 20_000 });
  // It is hasty: on a slow machine it would send the next copy before the node has done one step, for ever.
  await relay.stop();
  await work();
});

inCi(
  "`president --resend` publishes the newest command again that is confirmed and lost to its queue (in CI)",
  async () => {
    const { table, rabbit, president, work } = await start();
    await once(president(["blue"]), "close");
    expect(await table.unconfirmed("v4")).toEqual([]);
    expect(await rabbit.purge("v4_jobs")).toBe(1);
    await once(president(["--resend"]), "close");
    await work();
  },
);

inCi(
  "`president --renew`: after a restored backup the newest command is done, and a node of before paints nothing (in CI)",
  async () => {
    const { table, rabbit, president, work } = await start();
    await once(president(["blue"]), "close");
    // A job of before the backup, with a number that the restored table is about to give again.
    await once(president(["--renew"]), "close");
    expect((await rabbit.depth("v4_jobs")).messages).toBe(2);
    await work();
    expect((await rabbit.depth("v4_jobs_dead")).messages).toBe(1);
    expect(await table.unfinished("v4")).toEqual([]);
  },
);
