/** What the embedded broker does about late acks besides the contract: its own default, and what RabbitMQ 4.3.7 mended. */
import { afterEach, expect, test, vi } from "vitest";
import { AckTimeouts } from "../src/session/ack-timeouts.ts";
import { type Fields, table } from "./support/fields.ts";
import { onBroker } from "./support/on-broker.ts";
import type { RawClient } from "./support/raw-client.ts";
import type { Sandbox } from "./support/sandbox.ts";

const QUORUM = { "x-queue-type": "quorum" };

/** A broker whose deliveries of quorum queues may stay unacked for so long. */
const withBroker = (consumerTimeoutMs: number, run: (sandbox: Sandbox) => Promise<void>) =>
  onBroker({ limits: { consumerTimeoutMs } }, run);

const HOUR_MS = 3_600_000;

async function declare(sandbox: Sandbox, client: RawClient, args: Fields, name = "q"): Promise<string> {
  return sandbox.declareQueue(client, name, { durable: true, args: table({ ...QUORUM, ...args }) });
}

/** A consumer `a` of a quorum queue that has held its one message too long. */
async function late(sandbox: Sandbox) {
  const client = await sandbox.client();
  const queue = await declare(sandbox, client, {}, "late");
  await client.fill(queue, "m");
  await client.call(1, "basic.consume", { queue, consumerTag: "a" });
  await client.until("basic.cancel");
  return { client, queue };
}

afterEach(() => {
  vi.useRealTimers();
});

test("a delivery that is acked in time, or whose AMQP channel has ended, is not late", () => {
  vi.useFakeTimers();
  const late: number[] = [];
  const timeouts = new AckTimeouts((tag) => late.push(tag));
  for (const tag of [1, 2, 3]) timeouts.watch(tag, 10 * tag);
  timeouts.forget(1);
  vi.advanceTimersByTime(20);
  expect([late, timeouts.takeLate(1), timeouts.takeLate(2), timeouts.takeLate(2)]).toEqual([
    [2],
    false,
    true,
    false,
  ]);
  timeouts.end();
  vi.advanceTimersByTime(HOUR_MS);
  expect(late).toEqual([2]);
});

test("a quorum queue that names no timeout has the broker's; a classic one has none", () =>
  withBroker(20, async (sandbox) => {
    const client = await sandbox.client();
    const classic = await sandbox.declareQueue(client, "classic");
    await client.fill(classic, "m");
    await client.call(1, "basic.consume", { queue: classic, consumerTag: "classic" });
    await late(sandbox);
    // It was delivered before the other one, whose time is over.
    expect(sandbox.lines(client, "basic.cancel", "channel.close")).toEqual([]);
    await client.call(1, "basic.cancel", { consumerTag: "classic" });
  }));

test("an ack that comes too late brings the cancelled consumer nothing, and it is counted no more", () =>
  withBroker(20, async (sandbox) => {
    const { client, queue } = await late(sandbox);
    client.send(1, "basic.ack", { deliveryTag: 1 });
    const { method } = await client.call(1, "queue.declare", { queue, passive: true });
    expect(method).toMatchObject({ args: { messageCount: 1, consumerCount: 0 } });
    expect(sandbox.lines(client, "basic.deliver")).toHaveLength(1);
  }));

test("an ack of several settles those that are not late", () =>
  withBroker(HOUR_MS, async (sandbox) => {
    const client = await sandbox.client();
    const queue = await declare(sandbox, client, {});
    await client.fill(queue, "1", "2");
    await client.call(1, "basic.qos", { prefetchCount: 1 });
    const soon = table({ "x-consumer-timeout": 20 });
    await client.call(1, "basic.consume", { queue, consumerTag: "patient" });
    await client.call(1, "basic.consume", { queue, consumerTag: "a", args: soon });
    await client.until("basic.cancel");
    client.send(1, "basic.ack", { deliveryTag: 2, multiple: true });
    // The first one is settled, so there is room for the second one.
    await client.all("basic.deliver", 3);
    expect(sandbox.lines(client, "basic.deliver").at(-1)).toMatch(
      /^basic\.deliver consumerTag=patient .*"2"$/,
    );
  }));

test("a time that is longer than any timer of Node is not over at once", () =>
  withBroker(20, async (sandbox) => {
    const client = await sandbox.client();
    const queue = await declare(sandbox, client, { "x-consumer-timeout": { type: "l", value: 2n ** 40n } });
    await client.fill(queue, "m");
    await client.call(1, "basic.consume", { queue, consumerTag: "patient" });
    await late(sandbox);
    expect(sandbox.lines(client, "basic.cancel", "channel.close")).toEqual([]);
  }));

test("the jobs of a deleted queue are late for nobody", () =>
  withBroker(20, async (sandbox) => {
    const client = await sandbox.client();
    const queue = await declare(sandbox, client, { "x-consumer-timeout": 1 });
    await client.fill(queue, "m");
    // Both arrive as one: no time is over in between.
    client.socket.cork();
    client.send(1, "basic.get", { queue });
    const deleted = client.call(1, "queue.delete", { queue });
    client.socket.uncork();
    await deleted;
    await late(sandbox);
    expect(sandbox.lines(client, "basic.get-ok")).toHaveLength(1);
    expect(sandbox.lines(client, "channel.close")).toEqual([]);
  }));
