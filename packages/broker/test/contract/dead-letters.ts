import { longstr } from "../../src/wire/field.ts";
import type { Properties } from "../../src/wire/properties.ts";
import { type Fields, list, table } from "../support/fields.ts";
import { type Law, law } from "../support/law.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** Arguments that send the dead letters of a queue to another one. */
function deadLettersTo(queue: string): Fields {
  return { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": queue };
}

/** The queue `q`, whose dead letters go to the queue `dead`, and a client that consumes those as `dlq`. */
async function withDeadLetterQueue(sandbox: Sandbox, args: Fields = {}) {
  const client = await sandbox.client();
  const dead = await sandbox.declareQueue(client, "dead");
  const queue = await sandbox.declareQueue(client, "q", { args: table({ ...deadLettersTo(dead), ...args }) });
  await client.call(1, "basic.consume", { queue: dead, consumerTag: "dlq", noAck: true });
  return { client, queue, dead };
}

/** Publishes one message that goes to the dead-letter queue by itself. */
function deadLettering(args: Fields, properties: Properties = {}): Law["run"] {
  return async (sandbox) => {
    const { client, queue } = await withDeadLetterQueue(sandbox, args);
    client.publish(1, { routingKey: queue }, "1", properties);
    await client.all("basic.deliver", 1);
    return sandbox.lines(client, "basic.deliver");
  };
}

/** The headers of a message that was dead-lettered once, in `q`. `first` is the start of the x-death entry. */
function deathHeaders(reason: string, first = ""): string {
  const entry = `{${first}count:l=1 reason:S=${reason} queue:S=q time:T=now exchange:S= routing-keys:[S=q]}`;
  return `headers={x-death:[${entry}] ${named("first", "q", reason)} ${named("last", "q", reason)}}`;
}

/** The headers x-first-death-* or x-last-death-* of a message that was published to the default exchange. */
function named(which: "first" | "last", queue: string, reason: string): string {
  return `x-${which}-death-exchange:S= x-${which}-death-queue:S=${queue} x-${which}-death-reason:S=${reason}`;
}

/** A law whose dead letters RabbitMQ 3 sends without the headers of the last death, and with the expiration at the end. */
function deathLaw(title: string, run: Law["run"], expected: readonly string[]): Law {
  const lines = expected.map((line) =>
    line
      .replaceAll(/ x-last-death-\w+:S=[^ }]*/g, "")
      .replaceAll(/\{(original-expiration:S=\d+) ([^{}]*)\}/g, "{$2 $1}"),
  );
  return law(title, run, expected, { differs: LAST_DEATH, lines });
}

const LAST_DEATH =
  "A dead letter also names its last death (`x-last-death-*`). RabbitMQ 3 names only the first one.";
const again = deathHeaders("rejected")
  .replace("{", "{CC:[S=elsewhere] ")
  .replace("[S=q]", "[S=q S=elsewhere]");
const HISTORY =
  "The history of a dead letter belongs to the message. RabbitMQ 3 reads it from the headers, also from those that a client has published.";

export const deadLetterLaws: Law[] = [
  deathLaw(
    "a rejected message carries an x-death header",
    async (sandbox) => {
      const { client, queue } = await withDeadLetterQueue(sandbox);
      client.publish(1, { routingKey: queue }, "1", {
        headers: table({ z: 1, a: "x" }),
        deliveryMode: 2,
        priority: 3,
      });
      const { method } = await client.call(1, "basic.get", { queue });
      if (method.name === "basic.get-ok")
        client.send(1, "basic.reject", { deliveryTag: method.args.deliveryTag });
      await client.all("basic.deliver", 1);
      return sandbox.lines(client, "basic.deliver");
    },
    [
      `basic.deliver consumerTag=dlq deliveryTag=2 routingKey=dead ${deathHeaders("rejected").replace("{", "{a:S=x ").slice(0, -1)} z:I=1} deliveryMode=2 priority=3 "1"`,
    ],
  ),
  deathLaw(
    "a nack without requeue dead-letters too, in order",
    async (sandbox) => {
      const { client, queue } = await withDeadLetterQueue(sandbox);
      for (const body of ["1", "2", "3"]) client.publish(1, { routingKey: queue }, body);
      for (let i = 0; i < 3; i += 1) await client.call(1, "basic.get", { queue });
      client.send(1, "basic.nack", { deliveryTag: 0, multiple: true });
      await client.all("basic.deliver", 3);
      return sandbox.lines(client, "basic.deliver");
    },
    [
      `basic.deliver consumerTag=dlq deliveryTag=4 routingKey=dead ${deathHeaders("rejected")} "1"`,
      `basic.deliver consumerTag=dlq deliveryTag=5 routingKey=dead ${deathHeaders("rejected")} "2"`,
      `basic.deliver consumerTag=dlq deliveryTag=6 routingKey=dead ${deathHeaders("rejected")} "3"`,
    ],
  ),
  deathLaw("an expired message is dead-lettered by a timer", deadLettering({ "x-message-ttl": 30 }), [
    `basic.deliver consumerTag=dlq deliveryTag=1 routingKey=dead ${deathHeaders("expired")} "1"`,
  ]),
  deathLaw(
    "a message with its own expiration expires, and loses the property",
    deadLettering({}, { expiration: "30" }),
    [
      `basic.deliver consumerTag=dlq deliveryTag=1 routingKey=dead ${deathHeaders("expired", "original-expiration:S=30 ")} "1"`,
    ],
  ),
  deathLaw(
    "the shorter time to live counts",
    deadLettering({ "x-message-ttl": 20 }, { expiration: "60000" }),
    [
      `basic.deliver consumerTag=dlq deliveryTag=1 routingKey=dead ${deathHeaders("expired", "original-expiration:S=60000 ")} "1"`,
    ],
  ),
  deathLaw(
    "only the head expires: a short time to live behind a long one waits",
    async (sandbox) => {
      const { client, queue, dead } = await withDeadLetterQueue(sandbox);
      client.publish(1, { routingKey: queue }, "long", { expiration: "60000" });
      client.publish(1, { routingKey: queue }, "short", { expiration: "1" });
      // A message of a second queue is the clock: when it has expired, "short" would have expired too.
      const clock = await sandbox.declareQueue(client, "clock", { args: table(deadLettersTo(dead)) });
      client.publish(1, { routingKey: clock }, "tick", { expiration: "50" });
      await client.all("basic.deliver", 1);
      await client.call(1, "queue.declare", { queue, passive: true });
      const { body } = await client.call(1, "basic.get", { queue, noAck: true });
      await client.all("basic.deliver", 2);
      return [`got ${body}`, ...sandbox.lines(client, "basic.deliver", "queue.declare-ok").slice(3)];
    },
    [
      "got long",
      'basic.deliver consumerTag=dlq deliveryTag=1 routingKey=dead headers={x-death:[{original-expiration:S=50 count:l=1 reason:S=expired queue:S=clock time:T=now exchange:S= routing-keys:[S=clock]}] x-first-death-exchange:S= x-first-death-queue:S=clock x-first-death-reason:S=expired x-last-death-exchange:S= x-last-death-queue:S=clock x-last-death-reason:S=expired} "tick"',
      "queue.declare-ok queue=q messageCount=2",
      `basic.deliver consumerTag=dlq deliveryTag=3 routingKey=dead ${deathHeaders("expired", "original-expiration:S=1 ")} "short"`,
    ],
  ),
  law(
    "a time to live of zero is enough for a consumer that waits, and only then",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue({ "x-message-ttl": 0 });
      client.publish(1, { routingKey: queue }, "no consumer waits");
      await client.call(1, "queue.declare", { queue, passive: true });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      client.publish(1, { routingKey: queue }, "in time");
      await client.all("basic.deliver", 1);
      return sandbox.lines(client, "queue.declare-ok", "basic.deliver");
    },
    [
      "queue.declare-ok queue=q",
      "queue.declare-ok queue=q",
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=q "in time"',
    ],
  ),
  deathLaw(
    "a message that does not fit pushes the oldest one out",
    async (sandbox) => {
      const { client, queue } = await withDeadLetterQueue(sandbox, { "x-max-length": 2 });
      for (const body of ["1", "2", "3", "4"]) client.publish(1, { routingKey: queue }, body);
      await client.all("basic.deliver", 2);
      await client.call(1, "queue.declare", { queue, passive: true });
      return sandbox.lines(client, "basic.deliver", "queue.declare-ok").slice(2);
    },
    [
      `basic.deliver consumerTag=dlq deliveryTag=1 routingKey=dead ${deathHeaders("maxlen")} "1"`,
      `basic.deliver consumerTag=dlq deliveryTag=2 routingKey=dead ${deathHeaders("maxlen")} "2"`,
      "queue.declare-ok queue=q messageCount=2",
    ],
  ),
  deathLaw(
    "a queue may be bounded in bytes of bodies",
    async (sandbox) => {
      const { client, queue } = await withDeadLetterQueue(sandbox, { "x-max-length-bytes": 10 });
      for (const body of ["12345", "67890", "x"]) client.publish(1, { routingKey: queue }, body);
      await client.all("basic.deliver", 1);
      await client.call(1, "queue.declare", { queue, passive: true });
      return sandbox.lines(client, "basic.deliver", "queue.declare-ok").slice(2);
    },
    [
      `basic.deliver consumerTag=dlq deliveryTag=1 routingKey=dead ${deathHeaders("maxlen")} "12345"`,
      "queue.declare-ok queue=q messageCount=2",
    ],
  ),
  deathLaw(
    "unacked messages do not count for the length",
    async (sandbox) => {
      const { client, queue } = await withDeadLetterQueue(sandbox, { "x-max-length": 1 });
      client.publish(1, { routingKey: queue }, "1");
      await client.call(1, "basic.get", { queue });
      await client.fill(queue, "2");
      await client.call(1, "queue.declare", { queue, passive: true });
      client.publish(1, { routingKey: queue }, "3");
      await client.all("basic.deliver", 1);
      return sandbox.lines(client, "basic.deliver", "queue.declare-ok").slice(2);
    },
    [
      "queue.declare-ok queue=q messageCount=1",
      `basic.deliver consumerTag=dlq deliveryTag=2 routingKey=dead ${deathHeaders("maxlen")} "2"`,
    ],
  ),
  deathLaw("with a length of zero no message waits", deadLettering({ "x-max-length": 0 }), [
    `basic.deliver consumerTag=dlq deliveryTag=1 routingKey=dead ${deathHeaders("maxlen")} "1"`,
  ]),
  deathLaw(
    "a full queue can dead-letter the messages that it rejects",
    async (sandbox) => {
      const { client, queue } = await withDeadLetterQueue(sandbox, {
        "x-max-length": 1,
        "x-overflow": "reject-publish-dlx",
      });
      await client.call(1, "confirm.select", {});
      client.publish(1, { routingKey: queue }, "1");
      client.publish(1, { routingKey: queue }, "2");
      await client.all("basic.deliver", 1);
      await client.all("basic.nack", 1);
      return sandbox.lines(client, "basic.deliver");
    },
    [`basic.deliver consumerTag=dlq deliveryTag=1 routingKey=dead ${deathHeaders("maxlen")} "2"`],
  ),
  deathLaw(
    "without a dead-letter key a dead letter keeps the message's key",
    async (sandbox) => {
      const client = await sandbox.client();
      const exchange = sandbox.exchange("dlx");
      await client.call(1, "exchange.declare", { exchange, type: "direct" });
      const args = table({ "x-dead-letter-exchange": exchange, "x-message-ttl": 10 });
      const queue = await sandbox.declareQueue(client, "q", { args });
      const dead = await sandbox.declareQueue(client, "dead");
      await client.call(1, "queue.bind", { queue: dead, exchange, routingKey: queue });
      await client.call(1, "basic.consume", { queue: dead, consumerTag: "dlq" });
      client.publish(1, { routingKey: queue }, "1");
      await client.all("basic.deliver", 1);
      return sandbox.lines(client, "basic.deliver");
    },
    [`basic.deliver consumerTag=dlq deliveryTag=1 exchange=dlx routingKey=q ${deathHeaders("expired")} "1"`],
  ),
  law(
    "a dead letter for a missing exchange is lost",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue({
        "x-dead-letter-exchange": sandbox.exchange("never"),
      });
      client.publish(1, { routingKey: queue }, "1");
      await client.call(1, "basic.get", { queue });
      client.send(1, "basic.reject", { deliveryTag: 1 });
      await client.call(1, "queue.declare", { queue, passive: true });
      return sandbox.lines(client, "queue.declare-ok", "channel.close");
    },
    ["queue.declare-ok queue=q", "queue.declare-ok queue=q"],
  ),
  law(
    "a history that a client publishes again counts for nothing",
    async (sandbox) => {
      const { client, queue, dead } = await withDeadLetterQueue(sandbox);
      client.publish(1, { routingKey: queue }, "1", {
        headers: table({ CC: list(longstr("elsewhere")) }),
      });
      for (let round = 1; round <= 2; round += 1) {
        const { method } = await client.call(1, "basic.get", { queue });
        if (method.name === "basic.get-ok")
          client.send(1, "basic.reject", { deliveryTag: method.args.deliveryTag });
        const letter = (await client.all("basic.deliver", round))[round - 1];
        if (round === 1) client.publish(1, { routingKey: queue }, "1", letter?.properties);
      }
      await client.call(1, "queue.declare", { queue: dead, passive: true });
      return sandbox.lines(client, "basic.deliver");
    },
    [
      `basic.deliver consumerTag=dlq deliveryTag=2 routingKey=dead ${again} "1"`,
      `basic.deliver consumerTag=dlq deliveryTag=4 routingKey=dead ${again} "1"`,
    ],
    {
      differs: HISTORY,
      lines: [
        'basic.deliver consumerTag=dlq deliveryTag=2 routingKey=dead headers={x-death:[{count:l=1 reason:S=rejected queue:S=q time:T=now exchange:S= routing-keys:[S=q S=elsewhere]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=rejected} "1"',
        'basic.deliver consumerTag=dlq deliveryTag=4 routingKey=dead headers={x-death:[{count:l=2 exchange:S= queue:S=q reason:S=rejected routing-keys:[S=q S=elsewhere] time:T=now}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=rejected} "1"',
      ],
    },
  ),
  law(
    "a letter that a client publishes to another queue has a history of its own",
    async (sandbox) => {
      const { client, queue, dead } = await withDeadLetterQueue(sandbox);
      const args = table({ ...deadLettersTo(dead), "x-message-ttl": 10 });
      const second = await sandbox.declareQueue(client, "second", { args });
      client.publish(1, { routingKey: queue }, "1");
      await client.call(1, "basic.get", { queue });
      client.send(1, "basic.reject", { deliveryTag: 1 });
      const letter = (await client.all("basic.deliver", 1))[0];
      client.publish(1, { routingKey: second }, "1", letter?.properties);
      await client.all("basic.deliver", 2);
      return sandbox.lines(client, "basic.deliver");
    },
    [
      `basic.deliver consumerTag=dlq deliveryTag=2 routingKey=dead ${deathHeaders("rejected")} "1"`,
      `basic.deliver consumerTag=dlq deliveryTag=3 routingKey=dead ${deathHeaders("expired").replaceAll(/S=q\b/g, "S=second")} "1"`,
    ],
    {
      differs: HISTORY,
      lines: [
        `basic.deliver consumerTag=dlq deliveryTag=2 routingKey=dead headers={x-death:[{count:l=1 reason:S=rejected queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] ${named("first", "q", "rejected")}} "1"`,
        'basic.deliver consumerTag=dlq deliveryTag=3 routingKey=dead headers={x-death:[{count:l=1 exchange:S= queue:S=second reason:S=expired routing-keys:[S=second] time:T=now} {count:l=1 reason:S=rejected queue:S=q time:T=now exchange:S= routing-keys:[S=q]}] x-first-death-exchange:S= x-first-death-queue:S=q x-first-death-reason:S=rejected} "1"',
      ],
    },
  ),
  law(
    "the history of a dead letter names the keys of CC, and hides those of BCC",
    async (sandbox) => {
      const { client, queue } = await withDeadLetterQueue(sandbox);
      client.publish(1, { routingKey: queue }, "1", {
        headers: table({ CC: list(longstr("seen")), BCC: list(longstr("hidden")) }),
      });
      await client.call(1, "basic.get", { queue });
      client.send(1, "basic.reject", { deliveryTag: 1 });
      await client.all("basic.deliver", 1);
      return sandbox.lines(client, "basic.deliver");
    },
    [
      `basic.deliver consumerTag=dlq deliveryTag=2 routingKey=dead ${again.replaceAll("elsewhere", "seen")} "1"`,
    ],
    {
      differs: "A dead letter with a key of its own keeps its CC header. RabbitMQ 3 takes the header out.",
      lines: [
        `basic.deliver consumerTag=dlq deliveryTag=2 routingKey=dead headers={x-death:[{count:l=1 reason:S=rejected queue:S=q time:T=now exchange:S= routing-keys:[S=q S=seen]}] ${named("first", "q", "rejected")}} "1"`,
      ],
    },
  ),
  law(
    "a cycle of dead-letter queues without a reject ends",
    async (sandbox) => {
      const client = await sandbox.client();
      const [a, b] = [sandbox.queue("a"), sandbox.queue("b")];
      const to = (queue: string) => table({ ...deadLettersTo(queue), "x-message-ttl": 10 });
      await client.call(1, "queue.declare", { queue: a, args: to(b) });
      await client.call(1, "queue.declare", { queue: b, args: to(a) });
      client.publish(1, { routingKey: a }, "dizzy");
      // The queues are empty only after the letter was dropped.
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
    async (sandbox) => {
      const client = await sandbox.client();
      const [work, pause] = [sandbox.queue("work"), sandbox.queue("pause")];
      const toWork = table({ ...deadLettersTo(work), "x-message-ttl": 15 });
      await client.call(1, "queue.declare", { queue: work, args: table(deadLettersTo(pause)) });
      await client.call(1, "queue.declare", { queue: pause, args: toWork });
      await client.call(1, "basic.consume", { queue: work, consumerTag: "a" });
      client.publish(1, { routingKey: work }, "try", { expiration: "60000" });
      for (let deliveryTag = 1; deliveryTag <= 2; deliveryTag += 1) {
        await client.all("basic.deliver", deliveryTag);
        client.send(1, "basic.reject", { deliveryTag });
      }
      await client.all("basic.deliver", 3);
      return sandbox.lines(client, "basic.deliver");
    },
    [
      'basic.deliver consumerTag=a deliveryTag=1 routingKey=work expiration=60000 "try"',
      'basic.deliver consumerTag=a deliveryTag=2 routingKey=work headers={x-death:[{count:l=1 reason:S=expired queue:S=pause time:T=now exchange:S= routing-keys:[S=pause]} {original-expiration:S=60000 count:l=1 reason:S=rejected queue:S=work time:T=now exchange:S= routing-keys:[S=work]}] x-first-death-exchange:S= x-first-death-queue:S=work x-first-death-reason:S=rejected x-last-death-exchange:S= x-last-death-queue:S=pause x-last-death-reason:S=expired} "try"',
      'basic.deliver consumerTag=a deliveryTag=3 routingKey=work headers={x-death:[{count:l=2 reason:S=expired queue:S=pause time:T=now exchange:S= routing-keys:[S=pause]} {original-expiration:S=60000 count:l=2 reason:S=rejected queue:S=work time:T=now exchange:S= routing-keys:[S=work]}] x-first-death-exchange:S= x-first-death-queue:S=work x-first-death-reason:S=rejected x-last-death-exchange:S= x-last-death-queue:S=pause x-last-death-reason:S=expired} "try"',
    ],
    {
      differs: HISTORY,
      lines: [
        'basic.deliver consumerTag=a deliveryTag=1 routingKey=work expiration=60000 "try"',
        'basic.deliver consumerTag=a deliveryTag=2 routingKey=work headers={x-death:[{count:l=1 exchange:S= queue:S=pause reason:S=expired routing-keys:[S=pause] time:T=now} {count:l=1 reason:S=rejected queue:S=work time:T=now exchange:S= routing-keys:[S=work] original-expiration:S=60000}] x-first-death-exchange:S= x-first-death-queue:S=work x-first-death-reason:S=rejected} "try"',
        'basic.deliver consumerTag=a deliveryTag=3 routingKey=work headers={x-death:[{count:l=2 exchange:S= queue:S=pause reason:S=expired routing-keys:[S=pause] time:T=now} {count:l=2 exchange:S= original-expiration:S=60000 queue:S=work reason:S=rejected routing-keys:[S=work] time:T=now}] x-first-death-exchange:S= x-first-death-queue:S=work x-first-death-reason:S=rejected} "try"',
      ],
    },
  ),
  law(
    "purged and deleted messages are no dead letters",
    async (sandbox) => {
      const { client, queue, dead } = await withDeadLetterQueue(sandbox);
      client.publish(1, { routingKey: queue }, "1");
      await client.call(1, "queue.purge", { queue });
      client.publish(1, { routingKey: queue }, "2");
      await client.call(1, "queue.delete", { queue });
      await client.call(1, "queue.declare", { queue: dead, passive: true });
      return sandbox.lines(client, "queue.purge-ok", "queue.delete-ok", "basic.deliver");
    },
    ["queue.purge-ok messageCount=1", "queue.delete-ok messageCount=1"],
  ),
];
