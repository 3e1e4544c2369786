import { type Law, law } from "../support/law.ts";
import { type RawClient, table } from "../support/raw-client.ts";
import type { Stage } from "../support/stage.ts";

async function declared(
  stage: Stage,
  client: RawClient,
  args: Parameters<typeof table>[0] = {},
  name = "q",
): Promise<string> {
  const queue = stage.queue(name);
  await client.call(1, "queue.declare", { queue, args: table(args), durable: true });
  return queue;
}

/** Who got what: `consumerTag body`, with a mark for what was redelivered. */
function deliveries(client: RawClient): string[] {
  return client.heard.flatMap(({ method, body }) =>
    method.name === "basic.deliver"
      ? [`${method.args.consumerTag} ${body?.toString()}${method.args.redelivered ? " (again)" : ""}`]
      : [],
  );
}

/** Everything the queue sent before now has been heard. */
async function settled(client: RawClient, queue: string): Promise<void> {
  await client.call(1, "queue.declare", { queue, passive: true });
}

export const consumingLaws: Law[] = [
  law(
    "a job is delivered with tag, key and exchange",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.fill(queue, "one");
      await client.all("basic.deliver", 1);
      return stage.lines(client, "basic.consume-ok", "basic.deliver");
    },
    ["basic.consume-ok consumerTag=a", 'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "one"'],
  ),
  law(
    "a consumer without a tag gets one",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "basic.consume", { queue: await declared(stage, client) });
      return stage.lines(client, "basic.consume-ok");
    },
    ["basic.consume-ok consumerTag=amq.ctag-*"],
  ),
  law(
    "consuming from a missing queue is 404",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "basic.consume", { queue: stage.queue("q") });
      return stage.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=60 methodId=20"],
  ),
  law(
    "a tag that is taken is a hard error",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      client.send(1, "basic.consume", { queue, consumerTag: "a" });
      await client.closed();
      return stage.lines(client, "connection.close");
    },
    [
      "connection.close replyCode=530 replyText=NOT_ALLOWED - attempt to reuse consumer tag 'a' classId=60 methodId=20",
    ],
  ),
  law(
    "tags are per AMQP channel",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.call(2, "channel.open", {});
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(2, "basic.consume", { queue, consumerTag: "a" });
      return stage.lines(client, "basic.consume-ok");
    },
    ["basic.consume-ok consumerTag=a", "basic.consume-ok consumerTag=a"],
  ),
  law(
    "turns go round, one job each",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      for (const consumerTag of ["a", "b", "c"])
        await client.call(1, "basic.consume", { queue, consumerTag });
      await client.fill(queue, "1", "2", "3", "4", "5", "6", "7");
      await client.all("basic.deliver", 7);
      return deliveries(client);
    },
    ["a 1", "b 2", "c 3", "a 4", "b 5", "c 6", "a 7"],
  ),
  law(
    "turns go round without acks too",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      for (const consumerTag of ["a", "b"])
        await client.call(1, "basic.consume", { queue, consumerTag, noAck: true });
      await client.fill(queue, "1", "2", "3", "4");
      await client.all("basic.deliver", 4);
      return deliveries(client);
    },
    ["a 1", "b 2", "a 3", "b 4"],
  ),
  law(
    "the first consumer takes what waits, as far as its prefetch goes",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.fill(queue, "1", "2", "3", "4", "5");
      await client.call(1, "basic.qos", { prefetchCount: 2 });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.all("basic.deliver", 2);
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      await settled(client, queue);
      return [...deliveries(client), ...stage.lines(client, "queue.declare-ok").slice(1)];
    },
    ["a 1", "a 2", "b 3", "b 4", "queue.declare-ok queue=q messageCount=1 consumerCount=2"],
  ),
  law(
    "a full prefetch stops a consumer, an ack lets it go on",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.fill(queue, "1", "2", "3");
      await settled(client, queue);
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.all("basic.deliver", 2);
      await settled(client, queue);
      return stage.lines(client, "basic.deliver", "queue.declare-ok").slice(1);
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
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
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
    "prefetch holds for consumers that start later, not for those that are there",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
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
    "a global prefetch counts for the whole AMQP channel",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.call(1, "basic.qos", { prefetchCount: 3, global: true });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      await client.fill(queue, "1", "2", "3", "4", "5");
      await client.all("basic.deliver", 3);
      await settled(client, queue);
      client.send(1, "basic.ack", { deliveryTag: 2, multiple: true });
      await client.all("basic.deliver", 5);
      return [...stage.lines(client, "queue.declare-ok").slice(1), ...deliveries(client).sort()];
    },
    ["queue.declare-ok queue=q messageCount=2 consumerCount=2", "a 1", "a 3", "a 5", "b 2", "b 4"],
  ),
  law(
    "a global prefetch that is raised wakes the consumers",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.call(1, "basic.qos", { prefetchCount: 1, global: true });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.fill(queue, "1", "2", "3");
      await client.all("basic.deliver", 1);
      await client.call(1, "basic.qos", { prefetchCount: 2, global: true });
      await client.all("basic.deliver", 2);
      await settled(client, queue);
      return [...deliveries(client), ...stage.lines(client, "queue.declare-ok").slice(1)];
    },
    ["a 1", "a 2", "queue.declare-ok queue=q messageCount=1 consumerCount=1"],
  ),
  law(
    "a consumer without acks knows no prefetch",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      await client.call(1, "basic.consume", { queue, consumerTag: "a", noAck: true });
      await client.fill(queue, "1", "2", "3");
      await client.all("basic.deliver", 3);
      return deliveries(client);
    },
    ["a 1", "a 2", "a 3"],
  ),
  law(
    "a prefetch in bytes is not there",
    async (stage) => {
      const client = await stage.client();
      client.send(1, "basic.qos", { prefetchSize: 10 });
      await client.closed();
      return stage.lines(client, "connection.close");
    },
    [
      "connection.close replyCode=540 replyText=NOT_IMPLEMENTED - prefetch_size!=0 (10) classId=60 methodId=10",
    ],
  ),
  law(
    "an exclusive consumer is alone",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.call(1, "basic.consume", { queue, consumerTag: "a", exclusive: true });
      await client.call(2, "channel.open", {});
      await client.call(2, "basic.consume", { queue, consumerTag: "b" });
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - queue 'q' in vhost '/' in exclusive use classId=60 methodId=20",
    ],
  ),
  law(
    "an exclusive consumer must be the first",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b", exclusive: true });
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - queue 'q' in vhost '/' in exclusive use classId=60 methodId=20",
    ],
  ),
  law(
    "an exclusive consumer that left lets others in",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.call(1, "basic.consume", { queue, consumerTag: "a", exclusive: true });
      await client.call(1, "basic.cancel", { consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      return stage.lines(client, "basic.consume-ok", "channel.close");
    },
    ["basic.consume-ok consumerTag=a", "basic.consume-ok consumerTag=b"],
  ),
  law(
    "a consumer that is cancelled gets nothing more and keeps what it holds",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.fill(queue, "1");
      await client.all("basic.deliver", 1);
      await client.call(1, "basic.cancel", { consumerTag: "a" });
      await client.fill(queue, "2");
      await settled(client, queue);
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.call(1, "basic.get", { queue, noAck: true });
      return stage
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
    "cancelling a tag nobody has is answered",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "basic.cancel", { consumerTag: "nobody" });
      return stage.lines(client, "basic.cancel-ok");
    },
    ["basic.cancel-ok consumerTag=nobody"],
  ),
  law(
    "a consumer is told when its queue is deleted",
    async (stage) => {
      const client = await stage.client();
      const other = await stage.client();
      const queue = await declared(stage, client);
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await other.call(1, "queue.delete", { queue });
      await client.all("basic.cancel", 1);
      return stage.lines(client, "basic.cancel");
    },
    ["basic.cancel consumerTag=a noWait=true"],
  ),
  law(
    "a consumer that cannot hear it is not told",
    async (stage) => {
      const client = await stage.client({ capabilities: [] });
      const queue = await declared(stage, client);
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "queue.delete", { queue });
      await client.call(1, "basic.qos", {});
      return stage.lines(client, "basic.cancel");
    },
    [],
  ),
  law(
    "a job of a deleted queue can still be acked",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.fill(queue, "1");
      await client.call(1, "basic.get", { queue });
      await client.call(1, "queue.delete", { queue });
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.call(1, "basic.qos", {});
      return stage.lines(client, "channel.close", "basic.qos-ok");
    },
    ["basic.qos-ok"],
  ),
  law(
    "a consumer of higher priority goes first",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
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
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "basic.consume", {
        queue: await declared(stage, client),
        args: table({ "x-priority": "high" }),
      });
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-priority' for queue 'q' in vhost '/': \"expected integer, got longstr\" classId=60 methodId=20",
    ],
  ),
  law(
    "with a single active consumer the next one takes over",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client, { "x-single-active-consumer": true });
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
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client, { "x-single-active-consumer": true });
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      await client.fill(queue, "1", "2");
      await settled(client, queue);
      return [...deliveries(client), ...stage.lines(client, "queue.declare-ok").slice(1)];
    },
    ["a 1", "queue.declare-ok queue=q messageCount=1 consumerCount=2"],
  ),
  law(
    "an exclusive consumer on a queue with a single active consumer is refused",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client, { "x-single-active-consumer": true });
      await client.call(1, "basic.consume", { queue, consumerTag: "a", exclusive: true });
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - queue 'q' in vhost '/' in exclusive use classId=60 methodId=20",
    ],
  ),
  law(
    "get takes one job, and says how many are left",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
      await client.fill(queue, "1", "2", "3");
      await client.call(1, "basic.get", { queue });
      await client.call(1, "basic.get", { queue, noAck: true });
      await client.call(1, "basic.get", { queue });
      await client.call(1, "basic.get", { queue });
      return stage.lines(client, "basic.get-ok", "basic.get-empty");
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
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "basic.get", { queue: stage.queue("q") });
      return stage.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=60 methodId=70"],
  ),
  law(
    "get does not count against the prefetch",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client);
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
    "priorities go first where the queue has them",
    async (stage) => {
      const client = await stage.client();
      const queue = await declared(stage, client, { "x-max-priority": 5 });
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
