import { type Law, law } from "../support/law.ts";
import { RawClient, table } from "../support/raw-client.ts";
import type { Stage } from "../support/stage.ts";

/** A queue with jobs in it, all of them delivered to consumer a on AMQP channel 1. */
async function delivered(stage: Stage, client: RawClient, ...bodies: string[]): Promise<string> {
  const queue = stage.queue("q");
  await client.call(1, "queue.declare", { queue });
  await client.fill(queue, ...bodies);
  await client.call(1, "basic.consume", { queue, consumerTag: "a" });
  await client.all("basic.deliver", bodies.length);
  return queue;
}

/** What waits in a queue, in order. */
async function waiting(stage: Stage, queue: string, args = {}): Promise<string[]> {
  const reader = await stage.client();
  const lines: string[] = [];
  for (;;) {
    const { method, body } = await reader.call(1, "basic.get", { queue, ...args });
    if (method.name !== "basic.get-ok") return lines;
    lines.push(`${body?.toString()}${method.args.redelivered ? " (again)" : ""}`);
  }
}

export const answerLaws: Law[] = [
  law(
    "an acked job is gone",
    async (stage) => {
      const client = await stage.client();
      const queue = await delivered(stage, client, "1", "2");
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.close();
      return waiting(stage, queue);
    },
    ["2 (again)"],
  ),
  law(
    "a multiple ack answers all up to its tag",
    async (stage) => {
      const client = await stage.client();
      const queue = await delivered(stage, client, "1", "2", "3", "4");
      client.send(1, "basic.ack", { deliveryTag: 3, multiple: true });
      await client.close();
      return waiting(stage, queue);
    },
    ["4 (again)"],
  ),
  law(
    "a multiple ack of tag 0 answers all",
    async (stage) => {
      const client = await stage.client();
      const queue = await delivered(stage, client, "1", "2", "3");
      client.send(1, "basic.ack", { deliveryTag: 0, multiple: true });
      client.send(1, "basic.ack", { deliveryTag: 0, multiple: true });
      await client.call(1, "basic.qos", {});
      await client.close();
      return waiting(stage, queue);
    },
    [],
  ),
  law(
    "a double ack is 406",
    async (stage) => {
      const client = await stage.client();
      await delivered(stage, client, "1");
      client.send(1, "basic.ack", { deliveryTag: 1 });
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.until("channel.close");
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - unknown delivery tag 1 classId=60 methodId=80",
    ],
  ),
  law(
    "a tag that was never given is 406",
    async (stage) => {
      const client = await stage.client();
      client.send(1, "basic.ack", { deliveryTag: 99 });
      await client.until("channel.close");
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - unknown delivery tag 99 classId=60 methodId=80",
    ],
  ),
  law(
    "tag 0 alone is 406",
    async (stage) => {
      const client = await stage.client();
      await delivered(stage, client, "1");
      client.send(1, "basic.ack", { deliveryTag: 0 });
      await client.until("channel.close");
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - unknown delivery tag 0 classId=60 methodId=80",
    ],
  ),
  law(
    "a multiple ack beyond the last tag is 406",
    async (stage) => {
      const client = await stage.client();
      const queue = await delivered(stage, client, "1", "2");
      client.send(1, "basic.ack", { deliveryTag: 3, multiple: true });
      await client.until("channel.close");
      return [...stage.lines(client, "channel.close"), ...(await waiting(stage, queue))];
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - unknown delivery tag 3 classId=60 methodId=80",
      "1 (again)",
      "2 (again)",
    ],
  ),
  law(
    "a multiple ack of a tag that was acked before is 406",
    async (stage) => {
      const client = await stage.client();
      await delivered(stage, client, "1", "2", "3");
      client.send(1, "basic.ack", { deliveryTag: 2 });
      client.send(1, "basic.ack", { deliveryTag: 2, multiple: true });
      await client.until("channel.close");
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - unknown delivery tag 2 classId=60 methodId=80",
    ],
  ),
  law(
    "a reject of an unknown tag is 406",
    async (stage) => {
      const client = await stage.client();
      client.send(1, "basic.reject", { deliveryTag: 5 });
      await client.until("channel.close");
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - unknown delivery tag 5 classId=60 methodId=90",
    ],
  ),
  law(
    "a nack of an unknown tag is 406",
    async (stage) => {
      const client = await stage.client();
      client.send(1, "basic.nack", { deliveryTag: 5, requeue: true });
      await client.until("channel.close");
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - unknown delivery tag 5 classId=60 methodId=120",
    ],
  ),
  law(
    "tags belong to their AMQP channel",
    async (stage) => {
      const client = await stage.client();
      await delivered(stage, client, "1");
      await client.call(2, "channel.open", {});
      client.send(2, "basic.ack", { deliveryTag: 1 });
      await client.until("channel.close");
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - unknown delivery tag 1 classId=60 methodId=80",
    ],
  ),
  law(
    "a consumer without acks has nothing to answer",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      await client.call(1, "queue.declare", { queue });
      client.publish(1, { routingKey: queue }, "1");
      await client.call(1, "basic.consume", { queue, consumerTag: "a", noAck: true });
      await client.all("basic.deliver", 1);
      client.send(1, "basic.ack", { deliveryTag: 1 });
      await client.until("channel.close");
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - unknown delivery tag 1 classId=60 methodId=80",
    ],
  ),
  law(
    "tags count on, whether acked or not",
    async (stage) => {
      const client = await stage.client();
      const queue = await delivered(stage, client, "1");
      client.send(1, "basic.ack", { deliveryTag: 1 });
      client.publish(1, { routingKey: queue }, "2");
      await client.all("basic.deliver", 2);
      await client.call(1, "basic.cancel", { consumerTag: "a" });
      client.publish(1, { routingKey: queue }, "3");
      client.publish(1, { routingKey: queue }, "4");
      await client.call(1, "basic.get", { queue, noAck: true });
      await client.call(1, "basic.get", { queue });
      return stage.lines(client, "basic.deliver", "basic.get-ok");
    },
    [
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "1"',
      'basic.deliver consumerTag=a deliveryTag=2 routingKey=q "2"',
      'basic.get-ok deliveryTag=3 routingKey=q messageCount=1 "3"',
      'basic.get-ok deliveryTag=4 routingKey=q "4"',
    ],
  ),
  law(
    "a nacked job comes back to where it stood, marked",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      await client.call(1, "queue.declare", { queue });
      await client.fill(queue, "1", "2", "3", "4");
      for (let i = 0; i < 3; i += 1) await client.call(1, "basic.get", { queue });
      client.send(1, "basic.nack", { deliveryTag: 2, requeue: true });
      client.send(1, "basic.nack", { deliveryTag: 1, requeue: true });
      client.send(1, "basic.reject", { deliveryTag: 3, requeue: true });
      await client.call(1, "queue.declare", { queue, passive: true });
      return waiting(stage, queue, { noAck: true });
    },
    ["1 (again)", "2 (again)", "3 (again)", "4"],
  ),
  law(
    "a multiple nack sends all up to its tag back",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      await client.call(1, "queue.declare", { queue });
      await client.fill(queue, "1", "2", "3", "4");
      for (let i = 0; i < 3; i += 1) await client.call(1, "basic.get", { queue });
      client.send(1, "basic.nack", { deliveryTag: 2, multiple: true, requeue: true });
      await client.call(1, "queue.declare", { queue, passive: true });
      return waiting(stage, queue, { noAck: true });
    },
    ["1 (again)", "2 (again)", "4"],
  ),
  law(
    "a nacked job goes to the next consumer in turn",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      await client.call(1, "queue.declare", { queue });
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      for (const consumerTag of ["a", "b"]) await client.call(1, "basic.consume", { queue, consumerTag });
      client.publish(1, { routingKey: queue }, "hot potato");
      for (let deliveryTag = 1; deliveryTag < 4; deliveryTag += 1) {
        await client.all("basic.deliver", deliveryTag);
        client.send(1, "basic.nack", { deliveryTag, requeue: true });
      }
      await client.all("basic.deliver", 4);
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "hot potato"',
      'basic.deliver consumerTag=b deliveryTag=2 redelivered=true routingKey=q "hot potato"',
      'basic.deliver consumerTag=a deliveryTag=3 redelivered=true routingKey=q "hot potato"',
      'basic.deliver consumerTag=b deliveryTag=4 redelivered=true routingKey=q "hot potato"',
    ],
  ),
  law(
    "a reject without requeue drops the job",
    async (stage) => {
      const client = await stage.client();
      const queue = await delivered(stage, client, "1", "2");
      client.send(1, "basic.reject", { deliveryTag: 1 });
      await client.close();
      return waiting(stage, queue);
    },
    ["2 (again)"],
  ),
  law(
    "recover sends all unacked jobs again, also to the same consumer",
    async (stage) => {
      const client = await stage.client();
      await delivered(stage, client, "1", "2");
      await client.call(1, "basic.recover", { requeue: true });
      await client.all("basic.deliver", 4);
      return stage.lines(client, "basic.deliver", "basic.recover-ok").sort();
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
    "recover without requeue is not there",
    async (stage) => {
      const client = await stage.client();
      client.send(1, "basic.recover", { requeue: false });
      await client.closed();
      return stage.lines(client, "connection.close");
    },
    ["connection.close replyCode=540 replyText=NOT_IMPLEMENTED - requeue=false classId=60 methodId=110"],
  ),
  law(
    "the old asynchronous recover has no answer",
    async (stage) => {
      const client = await stage.client();
      await delivered(stage, client, "1");
      client.send(1, "basic.recover-async", { requeue: true });
      await client.all("basic.deliver", 2);
      return stage.lines(client, "basic.deliver", "basic.recover-ok");
    },
    [
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "1"',
      'basic.deliver consumerTag=a deliveryTag=2 redelivered=true routingKey=q "1"',
    ],
  ),
  law(
    "unacked jobs go back when their AMQP channel closes",
    async (stage) => {
      const client = await stage.client();
      const queue = await delivered(stage, client, "1", "2", "3");
      client.send(1, "basic.ack", { deliveryTag: 2 });
      await client.call(1, "channel.close", { replyCode: 200 });
      return waiting(stage, queue);
    },
    ["1 (again)", "3 (again)"],
  ),
  law(
    "unacked jobs go back when their AMQP channel fails",
    async (stage) => {
      const client = await stage.client();
      const queue = await delivered(stage, client, "1", "2");
      await client.call(1, "queue.declare", { queue: stage.queue("missing"), passive: true });
      return waiting(stage, queue);
    },
    ["1 (again)", "2 (again)"],
  ),
  law(
    "unacked jobs go to another consumer when their connection dies",
    async (stage) => {
      const client = await stage.client();
      const queue = await delivered(stage, client, "1", "2");
      const heir = await stage.client();
      await heir.call(1, "basic.consume", { queue, consumerTag: "heir" });
      client.socket.destroy();
      await heir.all("basic.deliver", 2);
      return stage.lines(heir, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=heir deliveryTag=1 redelivered=true routingKey=q "1"',
      'basic.deliver consumerTag=heir deliveryTag=2 redelivered=true routingKey=q "2"',
    ],
  ),
  law(
    "jobs that come back stand before those that came later",
    async (stage) => {
      const client = await stage.client();
      const queue = await delivered(stage, client, "1", "2");
      await client.call(1, "basic.cancel", { consumerTag: "a" });
      const other = await stage.client();
      await other.call(1, "confirm.select", {});
      other.publish(1, { routingKey: queue }, "3");
      await other.all("basic.ack", 1);
      await client.close();
      return waiting(stage, queue);
    },
    ["1 (again)", "2 (again)", "3"],
  ),
  law(
    "a frozen client's jobs go to another one after two heartbeats",
    async (stage) => {
      const frozen = stage.keep(await RawClient.open(stage.port, { heartbeat: 1 }));
      const queue = await delivered(stage, frozen, "1");
      const heir = await stage.client();
      await heir.call(1, "basic.consume", { queue, consumerTag: "heir" });
      await heir.all("basic.deliver", 1);
      return stage.lines(heir, "basic.deliver");
    },
    ['basic.deliver consumerTag=heir deliveryTag=1 redelivered=true routingKey=q "1"'],
  ),
  law(
    "a quorum queue counts deliveries and gives up at its limit",
    async (stage) => {
      const client = await stage.client();
      const [queue, dead] = [stage.queue("q"), stage.queue("dead")];
      await client.call(1, "queue.declare", { queue: dead });
      const args = table({
        "x-queue-type": "quorum",
        "x-delivery-limit": 2,
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": dead,
      });
      await client.call(1, "queue.declare", { queue, durable: true, args });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      client.publish(1, { routingKey: queue }, "hopeless");
      for (let deliveryTag = 1; deliveryTag <= 3; deliveryTag += 1) {
        await client.all("basic.deliver", deliveryTag);
        client.send(1, "basic.nack", { deliveryTag, requeue: true });
      }
      await client.call(1, "basic.consume", { queue: dead, consumerTag: "undertaker" });
      await client.all("basic.deliver", 4);
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "hopeless"',
      'basic.deliver consumerTag=a deliveryTag=2 redelivered=true routingKey=q headers={x-delivery-count:l=1} "hopeless"',
      'basic.deliver consumerTag=a deliveryTag=3 redelivered=true routingKey=q headers={x-delivery-count:l=2} "hopeless"',
      'basic.deliver consumerTag=undertaker deliveryTag=4 routingKey=dead headers={x-death:[{count:l=1 reason:S=delivery_limit queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=delivery_limit} "hopeless"',
    ],
  ),
  law(
    "a quorum queue knows no global prefetch",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      await client.call(1, "queue.declare", {
        queue,
        durable: true,
        args: table({ "x-queue-type": "quorum" }),
      });
      await client.call(1, "basic.qos", { prefetchCount: 1, global: true });
      client.send(1, "basic.consume", { queue, consumerTag: "a" });
      await client.until("channel.close", "connection.close", "basic.consume-ok");
      return stage.lines(client, "channel.close", "connection.close", "basic.consume-ok");
    },
    [
      "connection.close replyCode=540 replyText=NOT_IMPLEMENTED - queue 'q' in vhost '/' does not support global qos classId=60 methodId=20",
    ],
  ),
];
