import { table } from "../support/fields.ts";
import { type Law, law } from "../support/law.ts";
import type { Sandbox } from "../support/sandbox.ts";
import { locked } from "../support/transcript.ts";

/** A client, and a queue with `count` messages. */
async function filled(sandbox: Sandbox, count: number) {
  const { client, queue } = await sandbox.withQueue();
  await client.fill(queue, ...Array.from({ length: count }, (_, index) => `message ${index + 1}`));
  return { client, queue };
}

export const queueLaws: Law[] = [
  law(
    "declaring tells how many messages are ready and how many consumers there are",
    async (sandbox) => {
      const { client, queue } = await filled(sandbox, 3);
      await client.call(1, "queue.declare", { queue });
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      await client.all("basic.deliver", 2);
      await client.call(1, "queue.declare", { queue, passive: true });
      return sandbox.lines(client, "queue.declare-ok");
    },
    [
      "queue.declare-ok queue=q",
      "queue.declare-ok queue=q messageCount=3",
      "queue.declare-ok queue=q messageCount=1 consumerCount=2",
    ],
  ),
  law(
    "names that start with amq. are reserved",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "queue.declare", { queue: "amq.mine" });
      return sandbox.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - queue name 'amq.mine' contains reserved prefix 'amq.*' classId=50 methodId=10",
    ],
  ),
  law(
    "a queue without a name gets one from the broker",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "queue.declare", { exclusive: true });
      return sandbox.lines(client, "queue.declare-ok");
    },
    ["queue.declare-ok queue=amq.gen-*"],
  ),
  law(
    "no-wait leaves the reply out",
    async (sandbox) => {
      const client = await sandbox.client();
      const queue = sandbox.queue("q");
      client.send(1, "queue.declare", { queue, noWait: true });
      client.send(1, "queue.purge", { queue, noWait: true });
      client.send(1, "queue.bind", { queue, exchange: "amq.direct", noWait: true });
      client.send(1, "queue.delete", { queue, noWait: true });
      await client.call(1, "basic.qos", {});
      return sandbox.lines(client);
    },
    ["basic.qos-ok"],
  ),
  law(
    "an empty name means the queue this AMQP channel declared last",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      await client.call(1, "queue.bind", { exchange: "amq.direct" });
      client.publish(1, { exchange: "amq.direct", routingKey: queue }, "by its own name");
      await client.call(1, "basic.get", { noAck: true });
      await client.call(1, "queue.purge", {});
      await client.call(1, "queue.delete", {});
      return sandbox.lines(client);
    },
    [
      "queue.declare-ok queue=q",
      "queue.bind-ok",
      'basic.get-ok deliveryTag=1 exchange=amq.direct routingKey=q "by its own name"',
      "queue.purge-ok",
      "queue.delete-ok",
    ],
  ),
  law(
    "an empty name before any declare is 404",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "queue.purge", {});
      return sandbox.lines(client, "channel.close", "connection.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no previously declared queue classId=50 methodId=30"],
  ),
  law(
    "a passive declare with an empty name",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "queue.declare", { queue: sandbox.queue("q") });
      await client.call(1, "queue.declare", { passive: true });
      return sandbox.lines(client, "queue.declare-ok", "channel.close", "connection.close");
    },
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=404 replyText=NOT_FOUND - no queue '' in vhost '/' classId=50 methodId=10",
    ],
  ),
  law(
    "purging counts the ready messages and leaves the unacked ones",
    async (sandbox) => {
      const { client, queue } = await filled(sandbox, 5);
      await client.call(1, "basic.get", { queue });
      await client.call(1, "queue.purge", { queue });
      await client.call(1, "basic.recover", { requeue: true });
      await client.call(1, "queue.declare", { queue, passive: true });
      return sandbox.lines(client, "queue.purge-ok", "queue.declare-ok");
    },
    ["queue.declare-ok queue=q", "queue.purge-ok messageCount=4", "queue.declare-ok queue=q messageCount=1"],
  ),
  law(
    "purging a missing queue is 404",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "queue.purge", { queue: sandbox.queue("q") });
      return sandbox.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=50 methodId=30"],
  ),
  law(
    "deleting counts the ready messages",
    async (sandbox) => {
      const { client, queue } = await filled(sandbox, 4);
      await client.call(1, "basic.get", { queue });
      await client.call(1, "queue.delete", { queue });
      return sandbox.lines(client, "queue.delete-ok");
    },
    ["queue.delete-ok messageCount=3"],
  ),
  law(
    "deleting a missing queue is fine",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "queue.delete", { queue: sandbox.queue("q") });
      return sandbox.lines(client, "queue.delete-ok", "channel.close");
    },
    ["queue.delete-ok"],
  ),
  law(
    "if-unused keeps a queue that has a consumer",
    async (sandbox) => {
      const { client, queue } = await filled(sandbox, 0);
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "queue.delete", { queue, ifUnused: true });
      return sandbox.lines(client, "queue.delete-ok", "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - queue 'q' in vhost '/' in use classId=50 methodId=40",
    ],
  ),
  law(
    "if-empty keeps a queue that has messages",
    async (sandbox) => {
      const { client, queue } = await filled(sandbox, 1);
      await client.call(1, "queue.delete", { queue, ifEmpty: true });
      return sandbox.lines(client, "queue.delete-ok", "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - queue 'q' in vhost '/' not empty classId=50 methodId=40",
    ],
  ),
  law(
    "if-empty deletes a queue whose messages are all unacked",
    async (sandbox) => {
      const { client, queue } = await filled(sandbox, 1);
      await client.call(1, "basic.get", { queue });
      await client.call(1, "queue.delete", { queue, ifEmpty: true });
      return sandbox.lines(client, "queue.delete-ok", "channel.close");
    },
    ["queue.delete-ok"],
  ),
  law(
    "an exclusive queue is locked for every method of other connections",
    async (sandbox) => {
      const owner = await sandbox.client();
      const other = await sandbox.client();
      const queue = sandbox.queue("q");
      await owner.call(1, "queue.declare", { queue, exclusive: true });
      await other.call(1, "queue.declare", { queue, exclusive: true });
      for (const name of ["basic.consume", "basic.get", "queue.purge", "queue.delete"] as const) {
        await other.call(1, "channel.open", {});
        await other.call(1, name, { queue });
      }
      await other.call(1, "channel.open", {});
      await other.call(1, "queue.declare", { queue, passive: true });
      await other.call(1, "channel.open", {});
      await other.call(1, "queue.bind", { queue, exchange: "amq.direct", routingKey: "k" });
      return sandbox.lines(other, "channel.close");
    },
    [
      locked(50, 10),
      locked(60, 20),
      locked(60, 70),
      locked(50, 30),
      locked(50, 40),
      locked(50, 10),
      locked(50, 20),
    ],
  ),
  law(
    "publishing to another connection's exclusive queue is allowed",
    async (sandbox) => {
      const owner = await sandbox.client();
      const other = await sandbox.client();
      const queue = sandbox.queue("q");
      await owner.call(1, "queue.declare", { queue, exclusive: true });
      await other.call(1, "confirm.select", {});
      other.publish(1, { routingKey: queue }, "from outside");
      await other.all("basic.ack", 1);
      await owner.call(1, "basic.get", { queue, noAck: true });
      return sandbox.lines(owner, "basic.get-ok");
    },
    ['basic.get-ok deliveryTag=1 routingKey=q "from outside"'],
  ),
  law(
    "an exclusive queue is deleted with its connection",
    async (sandbox) => {
      const owner = await sandbox.client();
      const queue = sandbox.queue("q");
      await owner.call(1, "queue.declare", { queue, exclusive: true });
      await owner.close();
      const other = await sandbox.client();
      await other.call(1, "queue.declare", { queue, passive: true });
      return sandbox.lines(other, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=50 methodId=10"],
  ),
  law(
    "an auto-delete queue is deleted with its last consumer, not before it had one",
    async (sandbox) => {
      const client = await sandbox.client();
      const queue = sandbox.queue("q");
      await client.call(1, "queue.declare", { queue, autoDelete: true });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      await client.call(1, "basic.cancel", { consumerTag: "a" });
      await client.call(1, "queue.declare", { queue, passive: true });
      await client.call(1, "basic.cancel", { consumerTag: "b" });
      await client.call(1, "queue.declare", { queue, passive: true });
      return sandbox.lines(client);
    },
    [
      "queue.declare-ok queue=q",
      "basic.consume-ok consumerTag=a",
      "basic.consume-ok consumerTag=b",
      "basic.cancel-ok consumerTag=a",
      "queue.declare-ok queue=q consumerCount=1",
      "basic.cancel-ok consumerTag=b",
      "channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=50 methodId=10",
    ],
  ),
  law(
    "an auto-delete queue is deleted when its consumer's AMQP channel closes",
    async (sandbox) => {
      const client = await sandbox.client();
      const queue = sandbox.queue("q");
      await client.call(2, "channel.open", {});
      await client.call(2, "queue.declare", { queue, autoDelete: true });
      await client.call(2, "basic.consume", { queue, consumerTag: "a" });
      await client.call(2, "channel.close", { replyCode: 200 });
      await client.call(1, "queue.declare", { queue, passive: true });
      return sandbox.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=50 methodId=10"],
  ),
  law(
    "an unused queue expires",
    async (sandbox) => {
      const client = await sandbox.client();
      const dead = await sandbox.declareQueue(client, "dead");
      const args = { "x-expires": 50, "x-dead-letter-exchange": "", "x-dead-letter-routing-key": dead };
      const queue = await sandbox.declareQueue(client, "q", { args: table(args) });
      for (;;) {
        const { method } = await client.call(1, "queue.declare", { queue, passive: true });
        if (method.name === "channel.close") break;
        // A passive declare counts as use, so the pause between two must be longer than the queue's expiry.
        await new Promise((resolve) => setTimeout(resolve, 80));
      }
      return sandbox.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=50 methodId=10"],
  ),
  law(
    "line ends in a queue's name are removed",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "queue.declare", { queue: `${sandbox.queue("q")}\r\n` });
      return sandbox.lines(client, "queue.declare-ok");
    },
    ["queue.declare-ok queue=q"],
  ),
];
