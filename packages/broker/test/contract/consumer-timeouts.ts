/** How long a delivery of a quorum queue may stay unacked. RabbitMQ 3 never takes one back here: see IGNORED. */
import { type Fields, table } from "../support/fields.ts";
import { type Law, law } from "../support/law.ts";
import type { RawClient, RawOptions } from "../support/raw-client.ts";
import type { Sandbox } from "../support/sandbox.ts";

const ARGUMENT =
  "`x-consumer-timeout` is a number of milliseconds that quorum queues and their consumers have. RabbitMQ 3.10 does not look at it.";
const IGNORED =
  "A quorum queue takes back what was not acked within the consumer timeout (30 minutes when nobody names one), and the consumer is cancelled. RabbitMQ 3.10 closes the AMQP channel, for any type of queue, after a time that only its configuration names; it looks once a minute.";
const AGREED =
  "A client may answer `basic.cancel-ok` when its consumer is cancelled. RabbitMQ 3 closes the connection.";

/** A client, and the quorum queue `q` that it has declared, with this timeout. */
async function withTimeout(sandbox: Sandbox, timeoutMs: number, args: Fields = {}, options: RawOptions = {}) {
  const client = await sandbox.client(options);
  const all = table({ "x-queue-type": "quorum", "x-consumer-timeout": timeoutMs, ...args });
  return { client, queue: await sandbox.declareQueue(client, "q", { durable: true, args: all }) };
}

/** The same, with a consumer `a` that has its one message and does not ack it. */
async function held(sandbox: Sandbox, options: RawOptions = {}) {
  const { client, queue } = await withTimeout(sandbox, SOON_MS, {}, options);
  await client.fill(queue, "m");
  await client.call(1, "basic.consume", { queue, consumerTag: "a" });
  await client.all("basic.deliver", 1);
  return { client, queue };
}

/** Waits until `count` consumers were cancelled. On RabbitMQ 3 nothing comes that could be waited for. */
async function cancelled(client: RawClient, count = 1): Promise<void> {
  if (!isOld(client)) await client.all("basic.cancel", count);
}

/** The same for the end of the AMQP channel, whose text names the time: RabbitMQ 4.3.6 names it wrongly (-1). */
async function closed(sandbox: Sandbox, client: RawClient): Promise<string[]> {
  if (!isOld(client)) await client.until("channel.close");
  return sandbox
    .lines(client, "basic.get-ok", "basic.deliver", "basic.cancel", "channel.close")
    .map((line) => line.replace(/used: -?\d+ ms/, "used: N ms"));
}

/** Waits until the queue holds this many messages that nobody has. The last of them may come back after the cancel. */
async function ready(client: RawClient, queue: string, count: number): Promise<void> {
  const until = performance.now() + 10_000;
  while (performance.now() < until) {
    const { method } = await client.call(1, "queue.declare", { queue, passive: true });
    if (method.name === "queue.declare-ok" && method.args.messageCount === count) return;
  }
  throw new Error(`there never were ${count} messages in the queue`);
}

function isOld(client: RawClient): boolean {
  const { method } = client.received[0] ?? {};
  if (method?.name !== "connection.start") throw new Error("the broker has not said its version");
  return String(method.args.serverProperties.get("version")?.value).startsWith("3.");
}

/** Declares `q` with these arguments. */
function declared(...tries: readonly Fields[]): Law["run"] {
  return async (sandbox) => {
    const client = await sandbox.client();
    const queue = sandbox.queue("q");
    for (const args of tries)
      await client.call(1, "queue.declare", { queue, durable: true, args: table(args) });
    return sandbox.lines(client);
  };
}

/** Consumes from a queue of this type with these arguments. */
function consumed(type: string, args: Fields): Law["run"] {
  return async (sandbox) => {
    const client = await sandbox.client();
    const own = table({ "x-queue-type": type });
    const queue = await sandbox.declareQueue(client, "q", { durable: true, args: own });
    await client.call(1, "basic.consume", { queue, consumerTag: "a", args: table(args) });
    return sandbox.lines(client).slice(1);
  };
}

const QUORUM = { "x-queue-type": "quorum" };
const HOUR_MS = 3_600_000;
const SOON_MS = 50;

const refusal = (text: string, classId: number, methodId: number): string =>
  `channel.close replyCode=406 replyText=PRECONDITION_FAILED - ${text} classId=${classId} methodId=${methodId}`;
const invalid = (problem: string, classId: number, methodId: number): string =>
  refusal(`invalid arg 'x-consumer-timeout' for queue 'q' in vhost '/'${problem}`, classId, methodId);
const DECLARED = { differs: ARGUMENT, lines: ["queue.declare-ok queue=q"] };
const CONSUMED = { differs: ARGUMENT, lines: ["basic.consume-ok consumerTag=a"] };

const argumentLaws: Law[] = [
  law(
    "a negative consumer timeout of a queue is refused",
    declared({ ...QUORUM, "x-consumer-timeout": -1 }),
    [invalid(": {value_negative,-1}", 50, 10)],
    DECLARED,
  ),
  law(
    "a consumer timeout of a queue that is no number is refused",
    declared({ ...QUORUM, "x-consumer-timeout": "1000" }),
    [invalid(': "expected integer, got longstr"', 50, 10)],
    DECLARED,
  ),
  law(
    "a classic queue has no consumer timeout",
    declared({ "x-consumer-timeout": 1_000 }),
    [invalid(" of queue type rabbit_classic_queue", 50, 10)],
    DECLARED,
  ),
  law(
    "a queue that is declared again has the same consumer timeout",
    declared({ ...QUORUM, "x-consumer-timeout": 1_000 }, { ...QUORUM, "x-consumer-timeout": 2_000 }),
    [
      "queue.declare-ok queue=q",
      refusal(
        "inequivalent arg 'x-consumer-timeout' for queue 'q' in vhost '/': received '2000' but current is '1000'",
        50,
        10,
      ),
    ],
    { differs: ARGUMENT, lines: ["queue.declare-ok queue=q", "queue.declare-ok queue=q"] },
  ),
  law(
    "a negative consumer timeout of a consumer is refused",
    consumed("quorum", { "x-consumer-timeout": -1 }),
    [invalid(": {value_negative,-1}", 60, 20)],
    CONSUMED,
  ),
  law(
    "a consumer of a classic queue has no consumer timeout",
    consumed("classic", { "x-consumer-timeout": 1_000 }),
    [invalid(" of queue type rabbit_classic_queue", 60, 20)],
    CONSUMED,
  ),
];

const DELIVERY = 'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "m"';
const CANCEL = "basic.cancel consumerTag=a noWait=true";
const TOO_LATE =
  "channel.close replyCode=406 replyText=PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: N ms. This timeout value can be configured, see consumers doc guide to learn more";
const nothing = (...lines: string[]) => ({ differs: IGNORED, lines });

const timeoutLaws: Law[] = [
  law(
    "a job that is held too long goes back, and its consumer is cancelled",
    async (sandbox) => {
      const { client, queue } = await held(sandbox);
      await cancelled(client);
      const other = await sandbox.client();
      await other.call(1, "basic.get", { queue });
      const names = ["basic.deliver", "basic.cancel", "basic.get-ok", "basic.get-empty"] as const;
      return [...sandbox.lines(client, ...names), ...sandbox.lines(other, ...names)];
    },
    [
      DELIVERY,
      CANCEL,
      'basic.get-ok deliveryTag=1 redelivered=true routingKey=q headers={x-acquired-count:l=1} "m"',
    ],
    nothing(DELIVERY, "basic.get-empty"),
  ),
  law(
    "the consumer's own timeout counts before the queue's",
    async (sandbox) => {
      const { client, queue } = await withTimeout(sandbox, SOON_MS);
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      const own = table({ "x-consumer-timeout": HOUR_MS });
      await client.call(1, "basic.consume", { queue, consumerTag: "patient", args: own });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.fill(queue, "1", "2");
      await cancelled(client);
      return sandbox.lines(client, "basic.cancel");
    },
    [CANCEL],
    nothing(),
  ),
  law(
    "a job that is held too long does not count for the delivery limit",
    async (sandbox) => {
      const { client, queue } = await withTimeout(sandbox, SOON_MS, { "x-delivery-limit": 1 });
      await client.fill(queue, "m");
      for (const [index, consumerTag] of ["a", "b", "c"].entries()) {
        await client.call(1, "basic.consume", { queue, consumerTag });
        await cancelled(client, index + 1);
      }
      await client.all("basic.deliver", 1);
      return sandbox.lines(client, "basic.deliver");
    },
    [
      DELIVERY,
      'basic.deliver consumerTag=b deliveryTag=2 redelivered=true routingKey=q headers={x-acquired-count:l=1} "m"',
      'basic.deliver consumerTag=c deliveryTag=3 redelivered=true routingKey=q headers={x-acquired-count:l=2} "m"',
    ],
    nothing(DELIVERY),
  ),
  law(
    "jobs that are held too long together come again in their order",
    async (sandbox) => {
      const { client, queue } = await withTimeout(sandbox, SOON_MS);
      await client.fill(queue, "1", "2", "3", "4", "5");
      await client.call(1, "basic.qos", { prefetchCount: 3 });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.all("basic.deliver", 3);
      await cancelled(client);
      const other = await sandbox.client();
      const count = isOld(client) ? 2 : 5;
      await ready(other, queue, count);
      const bodies: string[] = [];
      while (bodies.length < count) {
        const { body } = await other.call(1, "basic.get", { queue, noAck: true });
        bodies.push(String(body));
      }
      return bodies;
    },
    ["1", "2", "3", "4", "5"],
    nothing("4", "5"),
  ),
  law(
    "one ack that comes too late is no mistake, a second one is",
    async (sandbox) => {
      const { client, queue } = await held(sandbox);
      await cancelled(client);
      // Else RabbitMQ 4.3.6 delivers the message to the cancelled consumer again.
      const other = await sandbox.client();
      await other.call(1, "basic.get", { queue, noAck: true });
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.until("channel.close");
      return sandbox.lines(client, "basic.cancel", "basic.qos-ok", "channel.close");
    },
    [CANCEL, "basic.qos-ok", refusal("unknown delivery tag 1", 60, 80)],
    nothing("basic.qos-ok", refusal("unknown delivery tag 1", 60, 80)),
  ),
  law(
    "a client that would not understand the cancel loses its AMQP channel",
    async (sandbox) => {
      const { client } = await held(sandbox, { capabilities: [] });
      return closed(sandbox, client);
    },
    [DELIVERY, TOO_LATE],
    nothing(DELIVERY),
  ),
  law(
    "a job that was taken by a get and is held too long costs the AMQP channel",
    async (sandbox) => {
      const { client, queue } = await withTimeout(sandbox, SOON_MS);
      await client.fill(queue, "m");
      await client.call(1, "basic.get", { queue });
      return closed(sandbox, client);
    },
    ['basic.get-ok deliveryTag=1 routingKey=q "m"', TOO_LATE],
    nothing('basic.get-ok deliveryTag=1 routingKey=q headers={x-delivery-count:l=0} "m"'),
  ),
  law(
    "a client may agree to the cancel, and use the consumer tag again",
    async (sandbox) => {
      const { client, queue } = await held(sandbox);
      await cancelled(client);
      client.send(1, "basic.cancel-ok", { consumerTag: "a" });
      const own = table({ "x-consumer-timeout": HOUR_MS });
      const { method } = await client.call(1, "basic.consume", { queue, consumerTag: "a", args: own });
      if (method.name === "basic.consume-ok") await client.all("basic.deliver", 2);
      return sandbox.lines(client, "basic.deliver", "basic.cancel", "connection.close");
    },
    [
      DELIVERY,
      CANCEL,
      'basic.deliver consumerTag=a deliveryTag=2 redelivered=true routingKey=q headers={x-acquired-count:l=1} "m"',
    ],
    {
      differs: AGREED,
      lines: [
        DELIVERY,
        "connection.close replyCode=503 replyText=COMMAND_INVALID - unimplemented method classId=60 methodId=31",
      ],
    },
  ),
];

export const consumerTimeoutLaws: Law[] = [...argumentLaws, ...timeoutLaws];
