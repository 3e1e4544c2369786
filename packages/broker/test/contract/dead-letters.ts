import { type Law, law } from "../support/law.ts";
import { type RawClient, table, text } from "../support/raw-client.ts";
import type { Stage } from "../support/stage.ts";

type Fields = Parameters<typeof table>[0];

/** A queue whose dead letters go to a second queue, which the client consumes as `undertaker`. */
async function graveyard(
  stage: Stage,
  client: RawClient,
  args: Fields = {},
): Promise<{ queue: string; dead: string }> {
  const [queue, dead] = [stage.queue("q"), stage.queue("dead")];
  await client.call(1, "queue.declare", { queue: dead });
  const letters = { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": dead };
  await client.call(1, "queue.declare", { queue, args: table({ ...letters, ...args }) });
  await client.call(1, "basic.consume", { queue: dead, consumerTag: "undertaker", noAck: true });
  return { queue, dead };
}

export const deadLetterLaws: Law[] = [
  law(
    "a rejected job carries its death",
    async (stage) => {
      const client = await stage.client();
      const { queue } = await graveyard(stage, client);
      client.publish(1, { routingKey: queue }, "1", {
        headers: table({ z: 1, a: "x" }),
        deliveryMode: 2,
        priority: 3,
      });
      const { method } = await client.call(1, "basic.get", { queue });
      if (method.name === "basic.get-ok")
        client.send(1, "basic.reject", { deliveryTag: method.args.deliveryTag });
      await client.all("basic.deliver", 1);
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=undertaker deliveryTag=2 routingKey=dead headers={a:S=x x-death:[{count:l=1 reason:S=rejected queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=rejected z:I=1} deliveryMode=2 priority=3 "1"',
    ],
  ),
  law(
    "a nack without requeue is a death too; several die in order",
    async (stage) => {
      const client = await stage.client();
      const { queue } = await graveyard(stage, client);
      for (const body of ["1", "2", "3"]) client.publish(1, { routingKey: queue }, body);
      for (let i = 0; i < 3; i += 1) await client.call(1, "basic.get", { queue });
      client.send(1, "basic.nack", { deliveryTag: 0, multiple: true });
      await client.all("basic.deliver", 3);
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=undertaker deliveryTag=4 routingKey=dead headers={x-death:[{count:l=1 reason:S=rejected queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=rejected} "1"',
      'basic.deliver consumerTag=undertaker deliveryTag=5 routingKey=dead headers={x-death:[{count:l=1 reason:S=rejected queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=rejected} "2"',
      'basic.deliver consumerTag=undertaker deliveryTag=6 routingKey=dead headers={x-death:[{count:l=1 reason:S=rejected queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=rejected} "3"',
    ],
  ),
  law(
    "a message that is too old dies by timer",
    async (stage) => {
      const client = await stage.client();
      const { queue } = await graveyard(stage, client, { "x-message-ttl": 30 });
      client.publish(1, { routingKey: queue }, "old");
      await client.all("basic.deliver", 1);
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=undertaker deliveryTag=1 routingKey=dead headers={x-death:[{count:l=1 reason:S=expired queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=expired} "old"',
    ],
  ),
  law(
    "a message with a life of its own dies, and loses its expiration",
    async (stage) => {
      const client = await stage.client();
      const { queue } = await graveyard(stage, client);
      client.publish(1, { routingKey: queue }, "old", { expiration: "30" });
      await client.all("basic.deliver", 1);
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=undertaker deliveryTag=1 routingKey=dead headers={x-death:[{count:l=1 reason:S=expired queue:S=q time:T=now exchange:S= routing-keys:[S=q] original-expiration:S=30}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=expired} "old"',
    ],
  ),
  law(
    "the shorter life counts",
    async (stage) => {
      const client = await stage.client();
      const { queue } = await graveyard(stage, client, { "x-message-ttl": 20 });
      client.publish(1, { routingKey: queue }, "old", { expiration: "60000" });
      await client.all("basic.deliver", 1);
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=undertaker deliveryTag=1 routingKey=dead headers={x-death:[{count:l=1 reason:S=expired queue:S=q time:T=now exchange:S= routing-keys:[S=q] original-expiration:S=60000}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=expired} "old"',
    ],
  ),
  law(
    "only the head dies: a short life behind a long one waits",
    async (stage) => {
      const client = await stage.client();
      const { queue, dead } = await graveyard(stage, client);
      client.publish(1, { routingKey: queue }, "long", { expiration: "60000" });
      client.publish(1, { routingKey: queue }, "short", { expiration: "1" });
      // A second queue's short life is the clock here: when it has died, "short" would have, too.
      const clock = stage.queue("clock");
      const letters = table({ "x-dead-letter-exchange": "", "x-dead-letter-routing-key": dead });
      await client.call(1, "queue.declare", { queue: clock, args: letters });
      client.publish(1, { routingKey: clock }, "tick", { expiration: "50" });
      await client.all("basic.deliver", 1);
      await client.call(1, "queue.declare", { queue, passive: true });
      const { body } = await client.call(1, "basic.get", { queue, noAck: true });
      await client.all("basic.deliver", 2);
      return [`got ${body}`, ...stage.lines(client, "basic.deliver", "queue.declare-ok").slice(3)];
    },
    [
      "got long",
      'basic.deliver consumerTag=undertaker deliveryTag=1 routingKey=dead headers={x-death:[{count:l=1 reason:S=expired queue:S=clock time:T=now exchange:S= routing-keys:[S=clock] original-expiration:S=50}] x-first-death-exchange:S= x-first-death-queue:S=clock x-first-death-reason:S=expired} "tick"',
      "queue.declare-ok queue=q messageCount=2",
      'basic.deliver consumerTag=undertaker deliveryTag=3 routingKey=dead headers={x-death:[{count:l=1 reason:S=expired queue:S=q time:T=now exchange:S= routing-keys:[S=q] original-expiration:S=1}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=expired} "short"',
    ],
  ),
  law(
    "a life of zero is enough for a consumer that waits, and only then",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      await client.call(1, "queue.declare", { queue, args: table({ "x-message-ttl": 0 }) });
      client.publish(1, { routingKey: queue }, "nobody waits");
      await client.call(1, "queue.declare", { queue, passive: true });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      client.publish(1, { routingKey: queue }, "in time");
      await client.all("basic.deliver", 1);
      return stage.lines(client, "queue.declare-ok", "basic.deliver");
    },
    [
      "queue.declare-ok queue=q",
      "queue.declare-ok queue=q",
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "in time"',
    ],
  ),
  law(
    "what does not fit pushes the oldest out",
    async (stage) => {
      const client = await stage.client();
      const { queue } = await graveyard(stage, client, { "x-max-length": 2 });
      for (const body of ["1", "2", "3", "4"]) client.publish(1, { routingKey: queue }, body);
      await client.all("basic.deliver", 2);
      await client.call(1, "queue.declare", { queue, passive: true });
      return stage.lines(client, "basic.deliver", "queue.declare-ok").slice(2);
    },
    [
      'basic.deliver consumerTag=undertaker deliveryTag=1 routingKey=dead headers={x-death:[{count:l=1 reason:S=maxlen queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=maxlen} "1"',
      'basic.deliver consumerTag=undertaker deliveryTag=2 routingKey=dead headers={x-death:[{count:l=1 reason:S=maxlen queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=maxlen} "2"',
      "queue.declare-ok queue=q messageCount=2",
    ],
  ),
  law(
    "a queue may be bounded in bytes of bodies",
    async (stage) => {
      const client = await stage.client();
      const { queue } = await graveyard(stage, client, { "x-max-length-bytes": 10 });
      for (const body of ["12345", "67890", "x"]) client.publish(1, { routingKey: queue }, body);
      await client.all("basic.deliver", 1);
      await client.call(1, "queue.declare", { queue, passive: true });
      return stage.lines(client, "basic.deliver", "queue.declare-ok").slice(2);
    },
    [
      'basic.deliver consumerTag=undertaker deliveryTag=1 routingKey=dead headers={x-death:[{count:l=1 reason:S=maxlen queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=maxlen} "12345"',
      "queue.declare-ok queue=q messageCount=2",
    ],
  ),
  law(
    "unacked jobs do not count for the length",
    async (stage) => {
      const client = await stage.client();
      const { queue } = await graveyard(stage, client, { "x-max-length": 1 });
      client.publish(1, { routingKey: queue }, "1");
      await client.call(1, "basic.get", { queue });
      await client.fill(queue, "2");
      await client.call(1, "queue.declare", { queue, passive: true });
      client.publish(1, { routingKey: queue }, "3");
      await client.all("basic.deliver", 1);
      return stage.lines(client, "basic.deliver", "queue.declare-ok").slice(2);
    },
    [
      "queue.declare-ok queue=q messageCount=1",
      'basic.deliver consumerTag=undertaker deliveryTag=2 routingKey=dead headers={x-death:[{count:l=1 reason:S=maxlen queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=maxlen} "2"',
    ],
  ),
  law(
    "a length of zero lets nothing wait",
    async (stage) => {
      const client = await stage.client();
      const { queue } = await graveyard(stage, client, { "x-max-length": 0 });
      client.publish(1, { routingKey: queue }, "1");
      await client.all("basic.deliver", 1);
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=undertaker deliveryTag=1 routingKey=dead headers={x-death:[{count:l=1 reason:S=maxlen queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=maxlen} "1"',
    ],
  ),
  law(
    "a queue that rejects when full can bury what it rejects",
    async (stage) => {
      const client = await stage.client();
      const { queue } = await graveyard(stage, client, {
        "x-max-length": 1,
        "x-overflow": "reject-publish-dlx",
      });
      await client.call(1, "confirm.select", {});
      client.publish(1, { routingKey: queue }, "1");
      client.publish(1, { routingKey: queue }, "2");
      await client.all("basic.deliver", 1);
      await client.all("basic.nack", 1);
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=undertaker deliveryTag=1 routingKey=dead headers={x-death:[{count:l=1 reason:S=maxlen queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=maxlen} "2"',
    ],
  ),
  law(
    "without a key of its own a dead letter keeps the message's",
    async (stage) => {
      const client = await stage.client();
      const [exchange, queue, dead] = [stage.exchange("dlx"), stage.queue("q"), stage.queue("dead")];
      await client.call(1, "exchange.declare", { exchange, type: "direct" });
      await client.call(1, "queue.declare", { queue: dead });
      await client.call(1, "queue.bind", { queue: dead, exchange, routingKey: queue });
      await client.call(1, "queue.declare", {
        queue,
        args: table({ "x-dead-letter-exchange": exchange, "x-message-ttl": 10 }),
      });
      await client.call(1, "basic.consume", { queue: dead, consumerTag: "undertaker" });
      client.publish(1, { routingKey: queue }, "1");
      await client.all("basic.deliver", 1);
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=undertaker deliveryTag=1 exchange=dlx routingKey=q headers={x-death:[{count:l=1 reason:S=expired queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=expired} "1"',
    ],
  ),
  law(
    "a dead-letter exchange that is not there loses the letter",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      await client.call(1, "queue.declare", {
        queue,
        args: table({ "x-dead-letter-exchange": stage.exchange("never") }),
      });
      client.publish(1, { routingKey: queue }, "1");
      await client.call(1, "basic.get", { queue });
      client.send(1, "basic.reject", { deliveryTag: 1 });
      await client.call(1, "queue.declare", { queue, passive: true });
      return stage.lines(client, "queue.declare-ok", "channel.close");
    },
    ["queue.declare-ok queue=q", "queue.declare-ok queue=q"],
  ),
  law(
    "dying again in the same way counts up",
    async (stage) => {
      const client = await stage.client();
      const { queue, dead } = await graveyard(stage, client);
      client.publish(1, { routingKey: queue }, "1", {
        headers: table({ CC: { type: "A", value: [text("elsewhere")] } }),
      });
      for (let round = 1; round <= 2; round += 1) {
        const { method } = await client.call(1, "basic.get", { queue });
        if (method.name === "basic.get-ok")
          client.send(1, "basic.reject", { deliveryTag: method.args.deliveryTag });
        const letter = (await client.all("basic.deliver", round))[round - 1];
        if (round === 1) client.publish(1, { routingKey: queue }, "1", letter?.properties);
      }
      await client.call(1, "queue.declare", { queue: dead, passive: true });
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=undertaker deliveryTag=2 routingKey=dead headers={x-death:[{count:l=1 reason:S=rejected queue:S=q time:T=now exchange:S= routing-keys:[S=q S=elsewhere]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=rejected} "1"',
      'basic.deliver consumerTag=undertaker deliveryTag=4 routingKey=dead headers={x-death:[{count:l=2 exchange:S= queue:S=q reason:S=rejected routing-keys:[S=q S=elsewhere] time:T=now}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=rejected} "1"',
    ],
  ),
  law(
    "dying in another way or place is another entry, newest first",
    async (stage) => {
      const client = await stage.client();
      const { queue, dead } = await graveyard(stage, client);
      const second = stage.queue("second");
      const letters = { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": dead };
      await client.call(1, "queue.declare", {
        queue: second,
        args: table({ ...letters, "x-message-ttl": 10 }),
      });
      client.publish(1, { routingKey: queue }, "1");
      await client.call(1, "basic.get", { queue });
      client.send(1, "basic.reject", { deliveryTag: 1 });
      const letter = (await client.all("basic.deliver", 1))[0];
      client.publish(1, { routingKey: second }, "1", letter?.properties);
      await client.all("basic.deliver", 2);
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=undertaker deliveryTag=2 routingKey=dead headers={x-death:[{count:l=1 reason:S=rejected queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=rejected} "1"',
      'basic.deliver consumerTag=undertaker deliveryTag=3 routingKey=dead headers={x-death:[{count:l=1 exchange:S= queue:S=second reason:S=expired routing-keys:[S=second] time:T=now} {count:l=1 reason:S=rejected queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=rejected} "1"',
    ],
  ),
  law(
    "a circle of deaths without a reject ends",
    async (stage) => {
      const client = await stage.client();
      const [a, b] = [stage.queue("a"), stage.queue("b")];
      const to = (queue: string) =>
        table({ "x-dead-letter-exchange": "", "x-dead-letter-routing-key": queue, "x-message-ttl": 10 });
      await client.call(1, "queue.declare", { queue: a, args: to(b) });
      await client.call(1, "queue.declare", { queue: b, args: to(a) });
      client.publish(1, { routingKey: a }, "dizzy");
      // The queues are empty only once the letter was dropped.
      for (let left = 1; left > 0; ) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        left = 0;
        for (const queue of [a, b]) {
          const { method } = await client.call(1, "queue.declare", { queue, passive: true });
          if (method.name === "queue.declare-ok") left += method.args.messageCount;
        }
      }
      return ["dropped"];
    },
    ["dropped"],
  ),
  law(
    "retry with a pause: reject, wait in a second queue, come back",
    async (stage) => {
      const client = await stage.client();
      const [work, pause] = [stage.queue("work"), stage.queue("pause")];
      const to = (queue: string, more: Fields = {}) =>
        table({ "x-dead-letter-exchange": "", "x-dead-letter-routing-key": queue, ...more });
      await client.call(1, "queue.declare", { queue: work, args: to(pause) });
      await client.call(1, "queue.declare", { queue: pause, args: to(work, { "x-message-ttl": 15 }) });
      await client.call(1, "basic.consume", { queue: work, consumerTag: "a" });
      client.publish(1, { routingKey: work }, "try", { expiration: "60000" });
      for (let deliveryTag = 1; deliveryTag <= 2; deliveryTag += 1) {
        await client.all("basic.deliver", deliveryTag);
        client.send(1, "basic.reject", { deliveryTag });
      }
      await client.all("basic.deliver", 3);
      return stage.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=work expiration=60000 "try"',
      'basic.deliver consumerTag=a deliveryTag=2 routingKey=work headers={x-death:[{count:l=1 exchange:S= queue:S=pause reason:S=expired routing-keys:[S=pause] time:T=now} {count:l=1 reason:S=rejected queue:S=work time:T=now exchange:S= routing-keys:[S=work] original-expiration:S=60000}] x-first-death-exchange:S= x-first-death-queue:S=work x-first-death-reason:S=rejected} "try"',
      'basic.deliver consumerTag=a deliveryTag=3 routingKey=work headers={x-death:[{count:l=2 exchange:S= queue:S=pause reason:S=expired routing-keys:[S=pause] time:T=now} {count:l=2 exchange:S= original-expiration:S=60000 queue:S=work reason:S=rejected routing-keys:[S=work] time:T=now}] x-first-death-exchange:S= x-first-death-queue:S=work x-first-death-reason:S=rejected} "try"',
    ],
  ),
  law(
    "purged and deleted messages are no dead letters",
    async (stage) => {
      const client = await stage.client();
      const { queue, dead } = await graveyard(stage, client);
      client.publish(1, { routingKey: queue }, "1");
      await client.call(1, "queue.purge", { queue });
      client.publish(1, { routingKey: queue }, "2");
      await client.call(1, "queue.delete", { queue });
      await client.call(1, "queue.declare", { queue: dead, passive: true });
      return stage.lines(client, "queue.purge-ok", "queue.delete-ok", "basic.deliver");
    },
    ["queue.purge-ok messageCount=1", "queue.delete-ok messageCount=1"],
  ),
];
