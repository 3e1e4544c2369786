import { type Law, law } from "../support/law.ts";
import type { RawOptions } from "../support/raw-client.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** A queue with messages in it, all of them delivered to consumer a on AMQP channel 1. */
async function delivered(sandbox: Sandbox, bodies: readonly string[], options: RawOptions = {}) {
  const { client, queue } = await sandbox.withQueue({}, options);
  await client.fill(queue, ...bodies);
  await client.call(1, "basic.consume", { queue, consumerTag: "a" });
  await client.all("basic.deliver", bodies.length);
  return { client, queue };
}

/** The messages that are ready in a queue, in order. */
async function ready(sandbox: Sandbox, queue: string, args = {}): Promise<string[]> {
  const reader = await sandbox.client();
  const lines: string[] = [];
  for (;;) {
    const { method, body } = await reader.call(1, "basic.get", { queue, ...args });
    if (method.name !== "basic.get-ok") return lines;
    lines.push(`${body?.toString()}${method.args.redelivered ? " (again)" : ""}`);
  }
}

/** How an AMQP channel ends after an unknown delivery tag. Method 80 of class 60 is basic.ack. */
function unknownTag(tag: number, methodId = 80): string {
  const text = `PRECONDITION_FAILED - unknown delivery tag ${tag}`;
  return `channel.close replyCode=406 replyText=${text} classId=60 methodId=${methodId}`;
}

export const ackLaws: Law[] = [
  law(
    "an acked message is gone",
    async (sandbox) => {
      const { client, queue } = await delivered(sandbox, ["1", "2"]);
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.close();
      return ready(sandbox, queue);
    },
    ["2 (again)"],
  ),
  law(
    "a multiple ack acks all deliveries up to its tag",
    async (sandbox) => {
      const { client, queue } = await delivered(sandbox, ["1", "2", "3", "4"]);
      client.send(1, "basic.ack", { deliveryTag: 3, multiple: true });
      await client.close();
      return ready(sandbox, queue);
    },
    ["4 (again)"],
  ),
  law(
    "a multiple ack of tag 0 acks all deliveries",
    async (sandbox) => {
      const { client, queue } = await delivered(sandbox, ["1", "2", "3"]);
      client.send(1, "basic.ack", { deliveryTag: 0, multiple: true });
      client.send(1, "basic.ack", { deliveryTag: 0, multiple: true });
      await client.call(1, "basic.qos", {});
      await client.close();
      return ready(sandbox, queue);
    },
    [],
  ),
  law(
    "a double ack is 406",
    async (sandbox) => {
      const { client } = await delivered(sandbox, ["1"]);
      client.send(1, "basic.ack", { deliveryTag: 1 });
      client.send(1, "basic.ack", { deliveryTag: 1 });
      return sandbox.channelClosed(client);
    },
    [unknownTag(1)],
  ),
  law(
    "a tag that was never given is 406",
    async (sandbox) => {
      const client = await sandbox.client();
      client.send(1, "basic.ack", { deliveryTag: 99 });
      return sandbox.channelClosed(client);
    },
    [unknownTag(99)],
  ),
  law(
    "tag 0 alone is 406",
    async (sandbox) => {
      const { client } = await delivered(sandbox, ["1"]);
      client.send(1, "basic.ack", { deliveryTag: 0 });
      return sandbox.channelClosed(client);
    },
    [unknownTag(0)],
  ),
  law(
    "a multiple ack beyond the last tag is 406",
    async (sandbox) => {
      const { client, queue } = await delivered(sandbox, ["1", "2"]);
      client.send(1, "basic.ack", { deliveryTag: 3, multiple: true });
      return [...(await sandbox.channelClosed(client)), ...(await ready(sandbox, queue))];
    },
    [unknownTag(3), "1 (again)", "2 (again)"],
  ),
  law(
    "a multiple ack of a tag that was acked before is 406",
    async (sandbox) => {
      const { client } = await delivered(sandbox, ["1", "2", "3"]);
      client.send(1, "basic.ack", { deliveryTag: 2 });
      client.send(1, "basic.ack", { deliveryTag: 2, multiple: true });
      return sandbox.channelClosed(client);
    },
    [unknownTag(2)],
  ),
  law(
    "a reject of an unknown tag is 406",
    async (sandbox) => {
      const client = await sandbox.client();
      client.send(1, "basic.reject", { deliveryTag: 5 });
      return sandbox.channelClosed(client);
    },
    [unknownTag(5, 90)],
  ),
  law(
    "a nack of an unknown tag is 406",
    async (sandbox) => {
      const client = await sandbox.client();
      client.send(1, "basic.nack", { deliveryTag: 5, requeue: true });
      return sandbox.channelClosed(client);
    },
    [unknownTag(5, 120)],
  ),
  law(
    "tags belong to their AMQP channel",
    async (sandbox) => {
      const { client } = await delivered(sandbox, ["1"]);
      await client.call(2, "channel.open", {});
      client.send(2, "basic.ack", { deliveryTag: 1 });
      return sandbox.channelClosed(client);
    },
    [unknownTag(1)],
  ),
  law(
    "a consumer without acks has nothing to ack",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      client.publish(1, { routingKey: queue }, "1");
      await client.call(1, "basic.consume", { queue, consumerTag: "a", noAck: true });
      await client.all("basic.deliver", 1);
      client.send(1, "basic.ack", { deliveryTag: 1 });
      return sandbox.channelClosed(client);
    },
    [unknownTag(1)],
  ),
  law(
    "tags count on, with acks and without",
    async (sandbox) => {
      const { client, queue } = await delivered(sandbox, ["1"]);
      client.send(1, "basic.ack", { deliveryTag: 1 });
      client.publish(1, { routingKey: queue }, "2");
      await client.all("basic.deliver", 2);
      await client.call(1, "basic.cancel", { consumerTag: "a" });
      client.publish(1, { routingKey: queue }, "3");
      client.publish(1, { routingKey: queue }, "4");
      await client.call(1, "basic.get", { queue, noAck: true });
      await client.call(1, "basic.get", { queue });
      return sandbox.lines(client, "basic.deliver", "basic.get-ok");
    },
    [
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "1"',
      'basic.deliver consumerTag=a deliveryTag=2 routingKey=q "2"',
      'basic.get-ok deliveryTag=3 routingKey=q messageCount=1 "3"',
      'basic.get-ok deliveryTag=4 routingKey=q "4"',
    ],
  ),
  law(
    "a nacked message goes back to its old position, marked as redelivered",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.fill(queue, "1", "2", "3", "4");
      for (let i = 0; i < 3; i += 1) await client.call(1, "basic.get", { queue });
      client.send(1, "basic.nack", { deliveryTag: 2, requeue: true });
      client.send(1, "basic.nack", { deliveryTag: 1, requeue: true });
      client.send(1, "basic.reject", { deliveryTag: 3, requeue: true });
      await client.call(1, "queue.declare", { queue, passive: true });
      return ready(sandbox, queue, { noAck: true });
    },
    ["1 (again)", "2 (again)", "3 (again)", "4"],
  ),
  law(
    "a multiple nack requeues all deliveries up to its tag",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.fill(queue, "1", "2", "3", "4");
      for (let i = 0; i < 3; i += 1) await client.call(1, "basic.get", { queue });
      client.send(1, "basic.nack", { deliveryTag: 2, multiple: true, requeue: true });
      await client.call(1, "queue.declare", { queue, passive: true });
      return ready(sandbox, queue, { noAck: true });
    },
    ["1 (again)", "2 (again)", "4"],
  ),
  law(
    "a nacked message goes to the next consumer of the round robin",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      for (const consumerTag of ["a", "b"]) await client.call(1, "basic.consume", { queue, consumerTag });
      client.publish(1, { routingKey: queue }, "hot potato");
      for (let deliveryTag = 1; deliveryTag < 4; deliveryTag += 1) {
        await client.all("basic.deliver", deliveryTag);
        client.send(1, "basic.nack", { deliveryTag, requeue: true });
      }
      await client.all("basic.deliver", 4);
      return sandbox.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "hot potato"',
      'basic.deliver consumerTag=b deliveryTag=2 redelivered=true routingKey=q "hot potato"',
      'basic.deliver consumerTag=a deliveryTag=3 redelivered=true routingKey=q "hot potato"',
      'basic.deliver consumerTag=b deliveryTag=4 redelivered=true routingKey=q "hot potato"',
    ],
  ),
  law(
    "a reject without requeue drops the message",
    async (sandbox) => {
      const { client, queue } = await delivered(sandbox, ["1", "2"]);
      client.send(1, "basic.reject", { deliveryTag: 1 });
      await client.close();
      return ready(sandbox, queue);
    },
    ["2 (again)"],
  ),
  law(
    "recover delivers all unacked messages again, also to the same consumer",
    async (sandbox) => {
      const { client } = await delivered(sandbox, ["1", "2"]);
      await client.call(1, "basic.recover", { requeue: true });
      await client.all("basic.deliver", 4);
      return sandbox.lines(client, "basic.deliver", "basic.recover-ok").sort();
    },
    [
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "1"',
      'basic.deliver consumerTag=a deliveryTag=2 routingKey=q "2"',
      'basic.deliver consumerTag=a deliveryTag=3 redelivered=true routingKey=q "1"',
      'basic.deliver consumerTag=a deliveryTag=4 redelivered=true routingKey=q "2"',
      "basic.recover-ok",
    ],
  ),
  law(
    "recover without requeue is not implemented",
    async (sandbox) => {
      const client = await sandbox.client();
      client.send(1, "basic.recover", { requeue: false });
      return sandbox.connectionClosed(client);
    },
    ["connection.close replyCode=540 replyText=NOT_IMPLEMENTED - requeue=false classId=60 methodId=110"],
  ),
  law(
    "the old asynchronous recover has no reply",
    async (sandbox) => {
      const { client } = await delivered(sandbox, ["1"]);
      client.send(1, "basic.recover-async", { requeue: true });
      await client.all("basic.deliver", 2);
      return sandbox.lines(client, "basic.deliver", "basic.recover-ok");
    },
    [
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "1"',
      'basic.deliver consumerTag=a deliveryTag=2 redelivered=true routingKey=q "1"',
    ],
  ),
  law(
    "unacked messages go back when their AMQP channel closes",
    async (sandbox) => {
      const { client, queue } = await delivered(sandbox, ["1", "2", "3"]);
      client.send(1, "basic.ack", { deliveryTag: 2 });
      await client.call(1, "channel.close", { replyCode: 200 });
      return ready(sandbox, queue);
    },
    ["1 (again)", "3 (again)"],
  ),
  law(
    "unacked messages go back when their AMQP channel fails",
    async (sandbox) => {
      const { client, queue } = await delivered(sandbox, ["1", "2"]);
      await client.call(1, "queue.declare", { queue: sandbox.queue("missing"), passive: true });
      return ready(sandbox, queue);
    },
    ["1 (again)", "2 (again)"],
  ),
  law(
    "unacked messages go to another consumer when their connection dies",
    async (sandbox) => {
      const { client, queue } = await delivered(sandbox, ["1", "2"]);
      const heir = await sandbox.client();
      await heir.call(1, "basic.consume", { queue, consumerTag: "heir" });
      client.socket.destroy();
      await heir.all("basic.deliver", 2);
      return sandbox.lines(heir, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=heir deliveryTag=1 redelivered=true routingKey=q "1"',
      'basic.deliver consumerTag=heir deliveryTag=2 redelivered=true routingKey=q "2"',
    ],
  ),
  law(
    "messages that go back come before those that were published later",
    async (sandbox) => {
      const { client, queue } = await delivered(sandbox, ["1", "2"]);
      await client.call(1, "basic.cancel", { consumerTag: "a" });
      const other = await sandbox.client();
      await other.call(1, "confirm.select", {});
      other.publish(1, { routingKey: queue }, "3");
      await other.all("basic.ack", 1);
      await client.close();
      return ready(sandbox, queue);
    },
    ["1 (again)", "2 (again)", "3"],
  ),
  law(
    "the messages of a frozen client go to another one after two heartbeats",
    async (sandbox) => {
      // It sends no heartbeat.
      const { queue } = await delivered(sandbox, ["1"], { heartbeat: 1 });
      const heir = await sandbox.client();
      await heir.call(1, "basic.consume", { queue, consumerTag: "heir" });
      await heir.all("basic.deliver", 1);
      return sandbox.lines(heir, "basic.deliver");
    },
    ['basic.deliver consumerTag=heir deliveryTag=1 redelivered=true routingKey=q "1"'],
  ),
];
