import { table } from "../support/fields.ts";
import { type Law, law } from "../support/law.ts";
import type { RawClient } from "../support/raw-client.ts";

/** The deliveries of a client as `consumerTag body`, with a mark for redelivered ones. */
function deliveries(client: RawClient): string[] {
  return client.received.flatMap(({ method, body }) =>
    method.name === "basic.deliver"
      ? [`${method.args.consumerTag} ${body?.toString()}${method.args.redelivered ? " (again)" : ""}`]
      : [],
  );
}

/** Waits until the client has received everything that the queue sent before. */
async function settled(client: RawClient, queue: string): Promise<void> {
  await client.call(1, "queue.declare", { queue, passive: true });
}

const GLOBAL_PREFETCH =
  "A global prefetch is deprecated and taken as one per consumer. In RabbitMQ 3 all consumers of the AMQP channel share it.";

export const consumingLaws: Law[] = [
  law(
    "a message is delivered with tag, key and exchange",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.fill(queue, "one");
      await client.all("basic.deliver", 1);
      return sandbox.lines(client, "basic.consume-ok", "basic.deliver");
    },
    ["basic.consume-ok consumerTag=a", 'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "one"'],
  ),
  law(
    "a consumer without a tag gets one",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.consume", { queue });
      return sandbox.lines(client, "basic.consume-ok");
    },
    ["basic.consume-ok consumerTag=amq.ctag-*"],
  ),
  law(
    "consuming from a missing queue is 404",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "basic.consume", { queue: sandbox.queue("q") });
      return sandbox.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=60 methodId=20"],
  ),
  law(
    "a consumer tag that is in use is a hard error",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      client.send(1, "basic.consume", { queue, consumerTag: "a" });
      return sandbox.connectionClosed(client);
    },
    [
      "connection.close replyCode=530 replyText=NOT_ALLOWED - attempt to reuse consumer tag 'a' classId=60 methodId=20",
    ],
  ),
  law(
    "consumer tags belong to their AMQP channel",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(2, "channel.open", {});
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(2, "basic.consume", { queue, consumerTag: "a" });
      return sandbox.lines(client, "basic.consume-ok");
    },
    ["basic.consume-ok consumerTag=a", "basic.consume-ok consumerTag=a"],
  ),
  law(
    "deliveries go round robin, one to each consumer",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      for (const consumerTag of ["a", "b", "c"])
        await client.call(1, "basic.consume", { queue, consumerTag });
      await client.fill(queue, "1", "2", "3", "4", "5", "6", "7");
      await client.all("basic.deliver", 7);
      return deliveries(client);
    },
    ["a 1", "b 2", "c 3", "a 4", "b 5", "c 6", "a 7"],
  ),
  law(
    "deliveries go round robin without acks too",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      for (const consumerTag of ["a", "b"])
        await client.call(1, "basic.consume", { queue, consumerTag, noAck: true });
      await client.fill(queue, "1", "2", "3", "4");
      await client.all("basic.deliver", 4);
      return deliveries(client);
    },
    ["a 1", "b 2", "a 3", "b 4"],
  ),
  law(
    "the first consumer gets the messages that are ready, up to its prefetch",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.fill(queue, "1", "2", "3", "4", "5");
      await client.call(1, "basic.qos", { prefetchCount: 2 });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.all("basic.deliver", 2);
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      await settled(client, queue);
      return [...deliveries(client), ...sandbox.lines(client, "queue.declare-ok").slice(1)];
    },
    ["a 1", "a 2", "b 3", "b 4", "queue.declare-ok queue=q messageCount=1 consumerCount=2"],
  ),
  law(
    "a full prefetch stops the deliveries, an ack lets them go on",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.fill(queue, "1", "2", "3");
      await settled(client, queue);
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.all("basic.deliver", 2);
      await settled(client, queue);
      return sandbox.lines(client, "basic.deliver", "queue.declare-ok").slice(1);
    },
    [
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "1"',
      "queue.declare-ok queue=q messageCount=2 consumerCount=1",
      'basic.deliver consumerTag=a deliveryTag=2 routingKey=q "2"',
      "queue.declare-ok queue=q messageCount=1 consumerCount=1",
    ],
  ),
  law(
    "a busy consumer is passed over",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      for (const consumerTag of ["a", "b", "c"])
        await client.call(1, "basic.consume", { queue, consumerTag });
      await client.fill(queue, "1", "2", "3", "4", "5", "6", "7");
      await client.all("basic.deliver", 3);
      for (const deliveryTag of [2, 3, 1]) {
        client.send(1, "basic.ack", { deliveryTag });
        await settled(client, queue);
      }
      return deliveries(client);
    },
    ["a 1", "b 2", "c 3", "b 4", "c 5", "a 6"],
  ),
  law(
    "prefetch holds for consumers that start later, not for earlier ones",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      await client.fill(queue, "1", "2", "3", "4", "5");
      await client.all("basic.deliver", 5);
      return deliveries(client);
    },
    ["a 1", "b 2", "a 3", "a 4", "a 5"],
  ),
  law(
    "a global prefetch counts for each consumer",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.qos", { prefetchCount: 3, global: true });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      await client.fill(queue, "1", "2", "3", "4", "5");
      await client.all("basic.deliver", 3);
      await settled(client, queue);
      client.send(1, "basic.ack", { deliveryTag: 2, multiple: true });
      await client.all("basic.deliver", 5);
      return [...sandbox.lines(client, "queue.declare-ok").slice(1), ...deliveries(client).sort()];
    },
    ["queue.declare-ok queue=q consumerCount=2", "a 1", "a 3", "a 5", "b 2", "b 4"],
    {
      differs: GLOBAL_PREFETCH,
      lines: ["queue.declare-ok queue=q messageCount=2 consumerCount=2", "a 1", "a 3", "a 5", "b 2", "b 4"],
    },
  ),
  law(
    "a global prefetch holds for the consumers that start later",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      for (const [prefetchCount, consumerTag] of [
        [1, "a"],
        [2, "b"],
      ] as const) {
        await client.call(1, "basic.qos", { prefetchCount, global: true });
        await client.call(1, "basic.consume", { queue, consumerTag });
      }
      await client.fill(queue, "1", "2", "3", "4", "5");
      await settled(client, queue);
      return sandbox.lines(client, "queue.declare-ok").slice(1);
    },
    ["queue.declare-ok queue=q messageCount=2 consumerCount=2"],
    { differs: GLOBAL_PREFETCH, lines: ["queue.declare-ok queue=q messageCount=3 consumerCount=2"] },
  ),
  law(
    "prefetch does not hold for a consumer without acks",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      await client.call(1, "basic.consume", { queue, consumerTag: "a", noAck: true });
      await client.fill(queue, "1", "2", "3");
      await client.all("basic.deliver", 3);
      return deliveries(client);
    },
    ["a 1", "a 2", "a 3"],
  ),
  law(
    "a prefetch in bytes is not implemented",
    async (sandbox) => {
      const client = await sandbox.client();
      client.send(1, "basic.qos", { prefetchSize: 10 });
      return sandbox.connectionClosed(client);
    },
    [
      "connection.close replyCode=540 replyText=NOT_IMPLEMENTED - prefetch_size!=0 (10) classId=60 methodId=10",
    ],
  ),
  law(
    "an exclusive consumer keeps others out",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.consume", { queue, consumerTag: "a", exclusive: true });
      await client.call(2, "channel.open", {});
      await client.call(2, "basic.consume", { queue, consumerTag: "b" });
      return sandbox.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - queue 'q' in vhost '/' in exclusive use classId=60 methodId=20",
    ],
  ),
  law(
    "an exclusive consumer must be the first",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b", exclusive: true });
      return sandbox.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - queue 'q' in vhost '/' in exclusive use classId=60 methodId=20",
    ],
  ),
  law(
    "an exclusive consumer that left lets others in",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.consume", { queue, consumerTag: "a", exclusive: true });
      await client.call(1, "basic.cancel", { consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      return sandbox.lines(client, "basic.consume-ok", "channel.close");
    },
    ["basic.consume-ok consumerTag=a", "basic.consume-ok consumerTag=b"],
  ),
  law(
    "a cancelled consumer gets no more deliveries and keeps its unacked ones",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.fill(queue, "1");
      await client.all("basic.deliver", 1);
      await client.call(1, "basic.cancel", { consumerTag: "a" });
      await client.fill(queue, "2");
      await settled(client, queue);
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.call(1, "basic.get", { queue, noAck: true });
      return sandbox
        .lines(client, "basic.deliver", "basic.cancel-ok", "queue.declare-ok", "basic.get-ok")
        .slice(1);
    },
    [
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "1"',
      "basic.cancel-ok consumerTag=a",
      "queue.declare-ok queue=q messageCount=1",
      'basic.get-ok deliveryTag=2 routingKey=q "2"',
    ],
  ),
  law(
    "cancelling an unknown consumer tag is no error",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "basic.cancel", { consumerTag: "unknown" });
      return sandbox.lines(client, "basic.cancel-ok");
    },
    ["basic.cancel-ok consumerTag=unknown"],
  ),
  law(
    "a consumer is told when its queue is deleted",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      const other = await sandbox.client();
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await other.call(1, "queue.delete", { queue });
      await client.all("basic.cancel", 1);
      return sandbox.lines(client, "basic.cancel");
    },
    ["basic.cancel consumerTag=a noWait=true"],
  ),
  law(
    "a consumer without consumer_cancel_notify is not told",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue({}, { capabilities: [] });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "queue.delete", { queue });
      await client.call(1, "basic.qos", {});
      return sandbox.lines(client, "basic.cancel");
    },
    [],
  ),
  law(
    "a message of a deleted queue can still be acked",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.fill(queue, "1");
      await client.call(1, "basic.get", { queue });
      await client.call(1, "queue.delete", { queue });
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.call(1, "basic.qos", {});
      return sandbox.lines(client, "channel.close", "basic.qos-ok");
    },
    ["basic.qos-ok"],
  ),
  law(
    "a consumer of higher priority goes first",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.qos", { prefetchCount: 2 });
      await client.call(1, "basic.consume", { queue, consumerTag: "low" });
      await client.call(1, "basic.consume", { queue, consumerTag: "high", args: table({ "x-priority": 5 }) });
      await client.fill(queue, "1", "2", "3", "4", "5");
      await client.all("basic.deliver", 4);
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.all("basic.deliver", 5);
      return deliveries(client);
    },
    ["high 1", "high 2", "low 3", "low 4", "high 5"],
  ),
  law(
    "a consumer priority of text is refused",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.consume", { queue, args: table({ "x-priority": "high" }) });
      return sandbox.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-priority' for queue 'q' in vhost '/': \"expected integer, got longstr\" classId=60 methodId=20",
    ],
  ),
  law(
    "with a single active consumer the next one takes over",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue({ "x-single-active-consumer": true });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      await client.fill(queue, "1", "2");
      await client.all("basic.deliver", 2);
      await client.call(1, "basic.cancel", { consumerTag: "a" });
      await client.fill(queue, "3");
      await client.all("basic.deliver", 3);
      return deliveries(client);
    },
    ["a 1", "a 2", "b 3"],
  ),
  law(
    "a single active consumer that is full does not let the next one in",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue({ "x-single-active-consumer": true });
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      await client.fill(queue, "1", "2");
      await settled(client, queue);
      return [...deliveries(client), ...sandbox.lines(client, "queue.declare-ok").slice(1)];
    },
    ["a 1", "queue.declare-ok queue=q messageCount=1 consumerCount=2"],
  ),
  law(
    "an exclusive consumer on a queue with a single active consumer is refused",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue({ "x-single-active-consumer": true });
      await client.call(1, "basic.consume", { queue, consumerTag: "a", exclusive: true });
      return sandbox.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - queue 'q' in vhost '/' in exclusive use classId=60 methodId=20",
    ],
  ),
  law(
    "get takes one message, and tells how many are left",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.fill(queue, "1", "2", "3");
      await client.call(1, "basic.get", { queue });
      await client.call(1, "basic.get", { queue, noAck: true });
      await client.call(1, "basic.get", { queue });
      await client.call(1, "basic.get", { queue });
      return sandbox.lines(client, "basic.get-ok", "basic.get-empty");
    },
    [
      'basic.get-ok deliveryTag=1 routingKey=q messageCount=2 "1"',
      'basic.get-ok deliveryTag=2 routingKey=q messageCount=1 "2"',
      'basic.get-ok deliveryTag=3 routingKey=q "3"',
      "basic.get-empty",
    ],
  ),
  law(
    "get from a missing queue is 404",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "basic.get", { queue: sandbox.queue("q") });
      return sandbox.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=60 methodId=70"],
  ),
  law(
    "get does not count against the prefetch",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "basic.qos", { prefetchCount: 1, global: true });
      await client.fill(queue, "1", "2");
      await client.call(1, "basic.get", { queue });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.all("basic.deliver", 1);
      return deliveries(client);
    },
    ["a 2"],
  ),
  law(
    "messages of higher priority go first in a queue with priorities",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue({ "x-max-priority": 5 });
      for (const [priority, body] of [
        [1, "low"],
        [5, "high"],
        [9, "higher than there is"],
        [3, "middle"],
        [5, "high too"],
      ] as const) {
        client.publish(1, { routingKey: queue }, body, { priority });
      }
      await settled(client, queue);
      await client.fill(queue, "none");
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.all("basic.deliver", 6);
      return deliveries(client);
    },
    ["a high", "a higher than there is", "a high too", "a middle", "a low", "a none"],
  ),
];
