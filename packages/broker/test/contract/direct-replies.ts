import { type Law, law } from "../support/law.ts";
import type { RawClient } from "../support/raw-client.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** A client that waits for a direct reply, a server that has its request, and the address of the reply. */
async function requested(
  sandbox: Sandbox,
): Promise<{ client: RawClient; server: RawClient; address: string }> {
  const client = await sandbox.client();
  const server = await sandbox.client();
  const queue = sandbox.queue("q");
  await server.call(1, "queue.declare", { queue });
  const replies = { queue: "amq.rabbitmq.reply-to", consumerTag: "replies", noAck: true };
  await client.call(1, "basic.consume", replies);
  client.publish(1, { routingKey: queue }, "request", { replyTo: "amq.rabbitmq.reply-to" });
  await server.call(1, "basic.consume", { queue, consumerTag: "server", noAck: true });
  const [request] = await server.all("basic.deliver", 1);
  return { client, server, address: request?.properties?.replyTo ?? "" };
}

/** Publishes a mandatory reply, and returns what came back up to its confirm. */
async function mandatory(sandbox: Sandbox, server: RawClient, address: string): Promise<string[]> {
  await server.call(1, "confirm.select", {});
  server.publish(1, { routingKey: address, mandatory: true }, "reply");
  await server.all("basic.ack", 1);
  return sandbox.lines(server, "basic.return", "basic.ack");
}

const NO_ROUTE = 'basic.return replyCode=312 replyText=NO_ROUTE routingKey=amq.rabbitmq.reply-to.* "reply"';
const DIRECT_REPLY =
  'basic.deliver consumerTag=replies deliveryTag=1 routingKey=amq.rabbitmq.reply-to.* "reply"';
const NO_REPLY_QUEUE =
  "channel.close replyCode=404 replyText=NOT_FOUND - no queue 'amq.rabbitmq.reply-to.*' in vhost '/' classId=50 methodId=10";
const RETURNED =
  "A mandatory direct reply to a whole address counts as routed. RabbitMQ 3 returns every one, also one that arrives.";

export const directReplyLaws: Law[] = [
  law(
    "direct reply-to replies without a queue",
    async (sandbox) => {
      const { client, server, address } = await requested(sandbox);
      await server.call(1, "queue.declare", { queue: address, passive: true });
      server.publish(1, { routingKey: address }, "reply");
      await client.all("basic.deliver", 1);
      return [...sandbox.lines(client), ...sandbox.lines(server)];
    },
    [
      "basic.consume-ok consumerTag=replies",
      'basic.deliver consumerTag=replies deliveryTag=1 routingKey=amq.rabbitmq.reply-to.* "reply"',
      "queue.declare-ok queue=q",
      "basic.consume-ok consumerTag=server",
      'basic.deliver consumerTag=server deliveryTag=1 routingKey=q replyTo=amq.rabbitmq.reply-to.* "request"',
      "queue.declare-ok queue=amq.rabbitmq.reply-to.* consumerCount=1",
    ],
  ),
  law(
    "a mandatory direct reply that arrives is not returned",
    async (sandbox) => {
      const { client, server, address } = await requested(sandbox);
      const lines = await mandatory(sandbox, server, address);
      await client.all("basic.deliver", 1);
      return [...lines, ...sandbox.lines(client, "basic.deliver")];
    },
    ["basic.ack deliveryTag=1", DIRECT_REPLY],
    { differs: RETURNED, lines: [NO_ROUTE, "basic.ack deliveryTag=1", DIRECT_REPLY] },
  ),
  law(
    "a direct reply to a consumer that is gone is dropped, also a mandatory one",
    async (sandbox) => {
      const { client, server, address } = await requested(sandbox);
      await client.call(1, "basic.cancel", { consumerTag: "replies" });
      const lines = await mandatory(sandbox, server, address);
      await server.call(1, "queue.declare", { queue: address, passive: true });
      return [...lines, ...sandbox.lines(client, "basic.deliver"), ...sandbox.lines(server, "channel.close")];
    },
    ["basic.ack deliveryTag=1", NO_REPLY_QUEUE],
    { differs: RETURNED, lines: [NO_ROUTE, "basic.ack deliveryTag=1", NO_REPLY_QUEUE] },
  ),
  law(
    "a direct reply to a consumer that never was is dropped too",
    async (sandbox) => {
      const { server, address } = await requested(sandbox);
      return mandatory(sandbox, server, `${address}x`);
    },
    ["basic.ack deliveryTag=1"],
    { differs: RETURNED, lines: [NO_ROUTE, "basic.ack deliveryTag=1"] },
  ),
  law(
    "a mandatory direct reply without an address is returned",
    async (sandbox) => mandatory(sandbox, await sandbox.client(), "amq.rabbitmq.reply-to.nobody"),
    [NO_ROUTE, "basic.ack deliveryTag=1"],
  ),
  law(
    "direct reply-to needs a consumer without acks, and before the request",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "basic.consume", { queue: "amq.rabbitmq.reply-to" });
      await client.call(1, "channel.open", {});
      client.publish(1, { routingKey: "k" }, "q", { replyTo: "amq.rabbitmq.reply-to" });
      await client.all("channel.close", 2);
      await client.call(1, "channel.open", {});
      await client.call(1, "basic.consume", {
        queue: "amq.rabbitmq.reply-to",
        noAck: true,
        consumerTag: "a",
      });
      await client.call(1, "basic.consume", {
        queue: "amq.rabbitmq.reply-to",
        noAck: true,
        consumerTag: "b",
      });
      return sandbox.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - reply consumer cannot acknowledge classId=60 methodId=20",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - fast reply consumer does not exist classId=60 methodId=40",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - reply consumer already set classId=60 methodId=20",
    ],
  ),
];
