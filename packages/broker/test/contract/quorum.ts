import { type Fields, table } from "../support/fields.ts";
import { type Law, law } from "../support/law.ts";
import type { RawClient } from "../support/raw-client.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** A client, and the quorum queue `q` that it has declared. */
async function withQuorumQueue(sandbox: Sandbox, args: Fields = {}) {
  const client = await sandbox.client();
  const queue = await sandbox.declareQueue(client, "q", {
    durable: true,
    args: table({ "x-queue-type": "quorum", ...args }),
  });
  return { client, queue };
}

/** Takes all ready messages out, on the same AMQP channel: what was sent on it before is done by then. */
async function drained(client: RawClient, queue: string): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { method, body } = await client.call(1, "basic.get", { queue, noAck: true });
    if (method.name !== "basic.get-ok") return bodies;
    bodies.push(`${body}${method.args.redelivered ? " (again)" : ""}`);
  }
}

/**
 * A message that is delivered again and again: each time its AMQP channel is closed before the ack. The first delivery of
 * the dead-letter queue counts too, so that the law sees which of the two comes after `rounds` failures.
 */
function failing(args: Fields, rounds: number, shown = rounds + 1): Law["run"] {
  return async (sandbox) => {
    const first = await sandbox.client();
    const dead = await sandbox.declareQueue(first, "dead");
    const deadLetters = { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": dead };
    const { client, queue } = await withQuorumQueue(sandbox, { ...deadLetters, ...args });
    await client.call(1, "basic.consume", { queue: dead, consumerTag: "dead letters", noAck: true });
    await client.fill(queue, "m");
    for (let round = 1; round <= rounds; round += 1) {
      const amqpChannel = round + 1;
      await client.call(amqpChannel, "channel.open", {});
      await client.call(amqpChannel, "basic.consume", { queue, consumerTag: "a" });
      await client.all("basic.deliver", round);
      await client.call(amqpChannel, "channel.close", { replyCode: 200 });
    }
    await client.call(rounds + 2, "channel.open", {});
    await client.call(rounds + 2, "basic.consume", { queue, consumerTag: "a" });
    await client.all("basic.deliver", rounds + 1);
    return sandbox.lines(client, "basic.deliver").slice(-shown);
  };
}

/** Sends one method on a quorum queue, and waits for its reply or a close. */
function refused(
  name: "queue.delete" | "basic.get" | "basic.consume",
  more: Fields,
  args: Fields = {},
): Law["run"] {
  return async (sandbox) => {
    const { client, queue } = await withQuorumQueue(sandbox, args);
    const { method } = await client.call(1, name, { queue, ...more });
    await client.until(method.name);
    return sandbox.lines(client).slice(1);
  };
}

const RETURN =
  "A returned message goes to the front of a quorum queue. RabbitMQ 3 puts it at the back when there is no delivery limit.";
const LIMIT =
  "The delivery limit counts the deliveries whose AMQP channel ended, not those that a client returned. RabbitMQ 3 counts both.";
const COUNTS =
  "`x-acquired-count` says how often a message was delivered before, and `x-delivery-count` how often that failed. RabbitMQ 3 has only `x-delivery-count`, for both.";
const DEFAULT = "A quorum queue that names no delivery limit has one of 20. In RabbitMQ 3 it has none.";
const NEGATIVE =
  "A negative delivery limit is no limit. RabbitMQ 3 takes it as a limit that the first failure passes.";
const PRIORITY =
  "A quorum queue delivers by priority (0 to 31, and 4 when a message names none). RabbitMQ 3 delivers in order of arrival.";

/** The headers of a message that was dead-lettered at its limit. */
const deathHeaders = (last: string): string =>
  `headers={x-death:[{count:l=1 reason:S=delivery_limit queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=delivery_limit${last}}`;
const LAST = " x-last-death-exchange:S= x-last-death-queue:S=q x-last-death-reason:S=delivery_limit";
const delivery = (tag: string, more: string): string =>
  `basic.deliver consumerTag=${tag} deliveryTag=1 ${more} "m"`;
const deadLetter = (last = LAST): string => delivery("dead letters", `routingKey=dead ${deathHeaders(last)}`);
const again = (headers: string): string =>
  delivery("a", `redelivered=true routingKey=q headers={${headers}}`);
const FIRST = delivery("a", "routingKey=q");

export const quorumLaws: Law[] = [
  law(
    "a returned message is the next one again",
    async (sandbox) => {
      const { client, queue } = await withQuorumQueue(sandbox);
      await client.fill(queue, "1", "2", "3", "4", "5");
      for (let deliveryTag = 1; deliveryTag <= 3; deliveryTag += 1) {
        await client.call(1, "basic.get", { queue });
        client.send(1, "basic.nack", { deliveryTag, requeue: true });
      }
      return drained(client, queue);
    },
    ["1 (again)", "2", "3", "4", "5"],
    { differs: RETURN, lines: ["4", "5", "1 (again)", "2 (again)", "3 (again)"] },
  ),
  law(
    "returned messages come in the order of their return",
    async (sandbox) => {
      const { client, queue } = await withQuorumQueue(sandbox);
      await client.fill(queue, "1", "2", "3", "4", "5");
      for (let i = 0; i < 3; i += 1) await client.call(1, "basic.get", { queue });
      for (const deliveryTag of [3, 1, 2]) client.send(1, "basic.nack", { deliveryTag, requeue: true });
      return drained(client, queue);
    },
    ["3 (again)", "1 (again)", "2 (again)", "4", "5"],
    { differs: RETURN, lines: ["4", "5", "3 (again)", "1 (again)", "2 (again)"] },
  ),
  law(
    "with a delivery limit a returned message is the next one too",
    async (sandbox) => {
      const { client, queue } = await withQuorumQueue(sandbox, { "x-delivery-limit": 1_000 });
      await client.fill(queue, "1", "2", "3", "4", "5");
      for (let i = 0; i < 3; i += 1) await client.call(1, "basic.get", { queue });
      client.send(1, "basic.nack", { deliveryTag: 2, multiple: true, requeue: true });
      client.send(1, "basic.nack", { deliveryTag: 3, requeue: true });
      return drained(client, queue);
    },
    ["1 (again)", "2 (again)", "3 (again)", "4", "5"],
  ),
  law(
    "a returned message does not count for the delivery limit",
    async (sandbox) => {
      const { client, queue } = await withQuorumQueue(sandbox, { "x-delivery-limit": 1 });
      await client.fill(queue, "m");
      for (let deliveryTag = 1; deliveryTag <= 2; deliveryTag += 1) {
        await client.call(1, "basic.get", { queue });
        client.send(1, "basic.nack", { deliveryTag, requeue: true });
      }
      await client.call(1, "basic.get", { queue });
      return sandbox.lines(client, "basic.get-ok", "basic.get-empty");
    },
    [
      'basic.get-ok deliveryTag=1 routingKey=q "m"',
      'basic.get-ok deliveryTag=2 redelivered=true routingKey=q headers={x-acquired-count:l=1} "m"',
      'basic.get-ok deliveryTag=3 redelivered=true routingKey=q headers={x-acquired-count:l=2} "m"',
    ],
    {
      differs: LIMIT,
      lines: [
        'basic.get-ok deliveryTag=1 routingKey=q headers={x-delivery-count:l=0} "m"',
        'basic.get-ok deliveryTag=2 redelivered=true routingKey=q headers={x-delivery-count:l=1} "m"',
        "basic.get-empty",
      ],
    },
  ),
  law(
    "a delivery whose AMQP channel ended counts, and its message is dead-lettered at the limit",
    failing({ "x-delivery-limit": 1 }, 2),
    [FIRST, again("x-acquired-count:l=1 x-delivery-count:l=1"), deadLetter()],
    { differs: COUNTS, lines: [FIRST, again("x-delivery-count:l=1"), deadLetter("")] },
  ),
  law("the delivery limit is 20 unless the queue names one", failing({}, 21, 1), [deadLetter()], {
    differs: DEFAULT,
    lines: [again("x-delivery-count:l=21")],
  }),
  law(
    "a negative delivery limit is none",
    failing({ "x-delivery-limit": -1 }, 1, 1),
    [again("x-acquired-count:l=1 x-delivery-count:l=1")],
    { differs: NEGATIVE, lines: [deadLetter("")] },
  ),
  law(
    "a higher delivery limit than the usual one",
    failing({ "x-delivery-limit": 1_000 }, 21, 1),
    [again("x-acquired-count:l=21 x-delivery-count:l=21")],
    { differs: COUNTS, lines: [again("x-delivery-count:l=21")] },
  ),
  law(
    "a connection that ends counts as its AMQP channel does",
    async (sandbox) => {
      const { client, queue } = await withQuorumQueue(sandbox, { "x-delivery-limit": 1 });
      await client.fill(queue, "m");
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.all("basic.deliver", 1);
      client.socket.destroy();
      const heir = await sandbox.client();
      await heir.call(1, "basic.consume", { queue, consumerTag: "a" });
      await heir.all("basic.deliver", 1);
      return sandbox.lines(heir, "basic.deliver");
    },
    [again("x-acquired-count:l=1 x-delivery-count:l=1")],
    { differs: COUNTS, lines: [again("x-delivery-count:l=1")] },
  ),
  law(
    "messages come by priority",
    async (sandbox) => {
      const { client, queue } = await withQuorumQueue(sandbox);
      await client.call(1, "confirm.select", {});
      for (const priority of [undefined, 0, 4, 5, 40, 31, 3, undefined, 5])
        client.publish(
          1,
          { routingKey: queue },
          String(priority),
          priority === undefined ? {} : { priority },
        );
      await client.confirmed(1, 9);
      return drained(client, queue);
    },
    ["40", "31", "5", "5", "undefined", "4", "undefined", "3", "0"],
    { differs: PRIORITY, lines: ["undefined", "0", "4", "5", "40", "31", "3", "undefined", "5"] },
  ),
  law(
    "a quorum queue with a single active consumer has no get",
    refused("basic.get", {}, { "x-single-active-consumer": true }),
    [
      "channel.close replyCode=405 replyText=RESOURCE_LOCKED - cannot obtain access to locked queue 'q' in vhost '/'. basic.get operations are not supported by <<\"quorum\">> queues with single active consumer classId=60 methodId=70",
    ],
    {
      differs:
        'The text of the refusal writes the queue\'s type as `<<"quorum">>`. RabbitMQ 3 writes `quorum`.',
      lines: [
        "channel.close replyCode=405 replyText=RESOURCE_LOCKED - cannot obtain access to locked queue 'q' in vhost '/'. basic.get operations are not supported by quorum queues with single active consumer classId=60 methodId=70",
      ],
    },
  ),
  law("a quorum queue is not deleted if unused", refused("queue.delete", { ifUnused: true }), [
    "connection.close replyCode=540 replyText=NOT_IMPLEMENTED - cannot delete queue 'q' in vhost '/'. queue.delete operations with if-unused flag set are not supported by quorum queues classId=50 methodId=40",
  ]),
  law("a quorum queue is not deleted if empty", refused("queue.delete", { ifEmpty: true }), [
    "connection.close replyCode=540 replyText=NOT_IMPLEMENTED - cannot delete queue 'q' in vhost '/'. queue.delete operations with if-empty flag set are not supported by quorum queues classId=50 methodId=40",
  ]),
  law(
    "a consumer of a quorum queue may have a global prefetch",
    async (sandbox) => {
      const { client, queue } = await withQuorumQueue(sandbox);
      await client.call(1, "basic.qos", { prefetchCount: 1, global: true });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      return sandbox.lines(client, "channel.close", "connection.close", "basic.consume-ok");
    },
    ["basic.consume-ok consumerTag=a"],
    {
      differs:
        "A global prefetch is taken as one per consumer, also for a quorum queue. RabbitMQ 3 refuses that consumer.",
      lines: [
        "connection.close replyCode=540 replyText=NOT_IMPLEMENTED - queue 'q' in vhost '/' does not support global qos classId=60 methodId=20",
      ],
    },
  ),
];
