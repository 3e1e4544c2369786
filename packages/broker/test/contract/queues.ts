import type { Args } from "../../src/wire/methods.ts";
import { type Law, law } from "../support/law.ts";
import { type RawClient, table } from "../support/raw-client.ts";
import type { Stage } from "../support/stage.ts";

/** Declares `first`, then `second` under the same name: what the broker says to the second. */
function again(first: Partial<Args<"queue.declare">>, second: Partial<Args<"queue.declare">>): Law["play"] {
  return async (stage) => {
    const client = await stage.client();
    const queue = stage.queue("q");
    await client.call(1, "queue.declare", { queue, ...first });
    await client.call(1, "queue.declare", { queue, ...second });
    return stage.lines(client, "queue.declare-ok", "channel.close", "connection.close");
  };
}

function declaring(args: Record<string, Parameters<typeof table>[0][string]>, more = {}): Law["play"] {
  return async (stage) => {
    const client = await stage.client();
    await client.call(1, "queue.declare", {
      queue: stage.queue("q"),
      durable: true,
      args: table(args),
      ...more,
    });
    return stage.lines(client, "queue.declare-ok", "channel.close", "connection.close");
  };
}

async function filled(stage: Stage, client: RawClient, name: string, count: number): Promise<string> {
  const queue = stage.queue(name);
  await client.call(1, "queue.declare", { queue });
  await client.fill(queue, ...Array.from({ length: count }, (_, index) => `job ${index + 1}`));
  return queue;
}

export const queueLaws: Law[] = [
  law(
    "declaring tells how many messages wait and how many consume",
    async (stage) => {
      const client = await stage.client();
      const queue = await filled(stage, client, "q", 3);
      await client.call(1, "queue.declare", { queue });
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      await client.all("basic.deliver", 2);
      await client.call(1, "queue.declare", { queue, passive: true });
      return stage.lines(client, "queue.declare-ok");
    },
    [
      "queue.declare-ok queue=q",
      "queue.declare-ok queue=q messageCount=3",
      "queue.declare-ok queue=q messageCount=1 consumerCount=2",
    ],
  ),
  law(
    "a passive declare of a missing queue is 404",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "queue.declare", { queue: stage.queue("q"), passive: true });
      return stage.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=50 methodId=10"],
  ),
  law("a passive declare asks for nothing else", again({ durable: true }, { passive: true }), [
    "queue.declare-ok queue=q",
    "queue.declare-ok queue=q",
  ]),
  law("declaring the same again is fine", again({ durable: true }, { durable: true }), [
    "queue.declare-ok queue=q",
    "queue.declare-ok queue=q",
  ]),
  law("durable must be the same", again({ durable: true }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'q' in vhost '/': received 'false' but current is 'true' classId=50 methodId=10",
  ]),
  law("durable must be the same, the other way round", again({}, { durable: true }), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'q' in vhost '/': received 'true' but current is 'false' classId=50 methodId=10",
  ]),
  law("auto-delete must be the same", again({ autoDelete: true }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'auto_delete' for queue 'q' in vhost '/': received 'false' but current is 'true' classId=50 methodId=10",
  ]),
  law("exclusive must be the same", again({ exclusive: true }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=405 replyText=RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration. classId=50 methodId=10",
  ]),
  law("exclusive must be the same, the other way round", again({}, { exclusive: true }), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=405 replyText=RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration. classId=50 methodId=10",
  ]),
  law(
    "an exclusive queue is not durable, whatever was asked",
    again({ exclusive: true, durable: true }, { exclusive: true }),
    ["queue.declare-ok queue=q", "queue.declare-ok queue=q"],
  ),
  law(
    "a time to live must be the same",
    again({ args: table({ "x-message-ttl": 1000 }) }, { args: table({ "x-message-ttl": 2000 }) }),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue 'q' in vhost '/': received '2000' but current is '1000' classId=50 methodId=10",
    ],
  ),
  law("a time to live that is missing differs", again({ args: table({ "x-message-ttl": 1000 }) }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue 'q' in vhost '/': received none but current is the value '1000' of type 'signedint' classId=50 methodId=10",
  ]),
  law("a time to live that was not there differs", again({}, { args: table({ "x-message-ttl": 1000 }) }), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue 'q' in vhost '/': received the value '1000' of type 'signedint' but current is none classId=50 methodId=10",
  ]),
  law(
    "the width of a number is no difference",
    again(
      { args: table({ "x-message-ttl": 1000 }) },
      { args: table({ "x-message-ttl": { type: "l", value: 1000n } }) },
    ),
    ["queue.declare-ok queue=q", "queue.declare-ok queue=q"],
  ),
  law(
    "a dead-letter exchange must be the same",
    again(
      { args: table({ "x-dead-letter-exchange": "a" }) },
      { args: table({ "x-dead-letter-exchange": "b" }) },
    ),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-dead-letter-exchange' for queue 'q' in vhost '/': received 'b' but current is 'a' classId=50 methodId=10",
    ],
  ),
  law(
    "a dead-letter key must be the same",
    again(
      { args: table({ "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "a" }) },
      { args: table({ "x-dead-letter-exchange": "" }) },
    ),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-dead-letter-routing-key' for queue 'q' in vhost '/': received none but current is the value 'a' of type 'longstr' classId=50 methodId=10",
    ],
  ),
  law(
    "a maximal length must be the same",
    again({ args: table({ "x-max-length": 5 }) }, { args: table({ "x-max-length": 6 }) }),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-max-length' for queue 'q' in vhost '/': received '6' but current is '5' classId=50 methodId=10",
    ],
  ),
  law("a maximal length in bytes must be the same", again({ args: table({ "x-max-length-bytes": 5 }) }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-max-length-bytes' for queue 'q' in vhost '/': received none but current is the value '5' of type 'signedint' classId=50 methodId=10",
  ]),
  law("an expiry must be the same", again({ args: table({ "x-expires": 60000 }) }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-expires' for queue 'q' in vhost '/': received none but current is the value '60000' of type 'signedint' classId=50 methodId=10",
  ]),
  law("a maximal priority must be the same", again({ args: table({ "x-max-priority": 3 }) }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-max-priority' for queue 'q' in vhost '/': received none but current is the value '3' of type 'signedint' classId=50 methodId=10",
  ]),
  law(
    "a single active consumer must be the same",
    again({ args: table({ "x-single-active-consumer": true }) }, {}),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-single-active-consumer' for queue 'q' in vhost '/': received none but current is the value 'true' of type 'bool' classId=50 methodId=10",
    ],
  ),
  law("an overflow rule must be the same", again({ args: table({ "x-overflow": "reject-publish" }) }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-overflow' for queue 'q' in vhost '/': received none but current is the value 'reject-publish' of type 'longstr' classId=50 methodId=10",
  ]),
  law(
    "a queue type must be the same",
    again({ durable: true, args: table({ "x-queue-type": "quorum" }) }, { durable: true }),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-queue-type' for queue 'q' in vhost '/': received none but current is the value 'quorum' of type 'longstr' classId=50 methodId=10",
    ],
  ),
  law(
    "naming the queue type classic is no difference",
    again({ args: table({ "x-queue-type": "classic" }) }, {}),
    ["queue.declare-ok queue=q", "queue.declare-ok queue=q"],
  ),
  law("a queue mode must be the same", again({ args: table({ "x-queue-mode": "lazy" }) }, {}), [
    "queue.declare-ok queue=q",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'x-queue-mode' for queue 'q' in vhost '/': received none but current is the value 'lazy' of type 'longstr' classId=50 methodId=10",
  ]),
  law("arguments nobody knows do not count", again({ args: table({ "x-colour": "blue" }) }, {}), [
    "queue.declare-ok queue=q",
    "queue.declare-ok queue=q",
  ]),
  law(
    "durable is compared before auto-delete and arguments",
    again({ durable: true }, { autoDelete: true, args: table({ "x-max-length": 1 }) }),
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'q' in vhost '/': received 'false' but current is 'true' classId=50 methodId=10",
    ],
  ),
  law("a negative time to live is refused", declaring({ "x-message-ttl": -1 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-message-ttl' for queue 'q' in vhost '/': {value_negative,-1} classId=50 methodId=10",
  ]),
  law("a time to live of text is refused", declaring({ "x-message-ttl": "soon" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-message-ttl' for queue 'q' in vhost '/': \"expected integer, got longstr\" classId=50 methodId=10",
  ]),
  law(
    "a time to live that is too long is refused",
    declaring({ "x-message-ttl": { type: "l", value: 315_360_000_001n } }),
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-message-ttl' for queue 'q' in vhost '/': {value_too_large,315360000001} classId=50 methodId=10",
    ],
  ),
  law("a time to live of zero is fine", declaring({ "x-message-ttl": 0 }), ["queue.declare-ok queue=q"]),
  law("an expiry of zero is refused", declaring({ "x-expires": 0 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-expires' for queue 'q' in vhost '/': {value_zero,0} classId=50 methodId=10",
  ]),
  law("a negative expiry is refused", declaring({ "x-expires": -5 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-expires' for queue 'q' in vhost '/': {value_negative,-5} classId=50 methodId=10",
  ]),
  law("a negative length is refused", declaring({ "x-max-length": -1 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-max-length' for queue 'q' in vhost '/': {value_negative,-1} classId=50 methodId=10",
  ]),
  law("a negative length in bytes is refused", declaring({ "x-max-length-bytes": -1 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-max-length-bytes' for queue 'q' in vhost '/': {value_negative,-1} classId=50 methodId=10",
  ]),
  law("a dead-letter exchange of a number is refused", declaring({ "x-dead-letter-exchange": 5 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid type 'signedint' for arg 'x-dead-letter-exchange' in queue 'q' in vhost '/' classId=50 methodId=10",
  ]),
  law("a dead-letter key without an exchange is refused", declaring({ "x-dead-letter-routing-key": "a" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-dead-letter-routing-key' for queue 'q' in vhost '/': routing_key_but_no_dlx_defined classId=50 methodId=10",
  ]),
  law(
    "a dead-letter key of a number is refused",
    declaring({ "x-dead-letter-exchange": "", "x-dead-letter-routing-key": 5 }),
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-dead-letter-routing-key' for queue 'q' in vhost '/': {unacceptable_type,signedint} classId=50 methodId=10",
    ],
  ),
  law("a maximal priority above 255 is refused", declaring({ "x-max-priority": 256 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue 'q' in vhost '/': {max_value_exceeded,256} classId=50 methodId=10",
  ]),
  law("a negative maximal priority is refused", declaring({ "x-max-priority": -1 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue 'q' in vhost '/': {value_negative,-1} classId=50 methodId=10",
  ]),
  law("an unknown overflow rule is refused", declaring({ "x-overflow": "explode" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-overflow' for queue 'q' in vhost '/': invalid_overflow classId=50 methodId=10",
  ]),
  law("an overflow rule of a number is refused", declaring({ "x-overflow": 1 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-overflow' for queue 'q' in vhost '/': {unacceptable_type,signedint} classId=50 methodId=10",
  ]),
  law("an unknown queue mode is refused", declaring({ "x-queue-mode": "fast" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-queue-mode' for queue 'q' in vhost '/': \"unsupported queue mode 'fast'\" classId=50 methodId=10",
  ]),
  law("an unknown queue type is refused", declaring({ "x-queue-type": "magic" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-queue-type' for queue 'q' in vhost '/': \"unsupported queue type 'magic'\" classId=50 methodId=10",
  ]),
  law("a queue type of a number is refused", declaring({ "x-queue-type": 1 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-queue-type' for queue 'q' in vhost '/': {unacceptable_type,signedint} classId=50 methodId=10",
  ]),
  law("a single active consumer of text is refused", declaring({ "x-single-active-consumer": "yes" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-single-active-consumer' for queue 'q' in vhost '/': {unacceptable_type,longstr} classId=50 methodId=10",
  ]),
  law("a queue version of 7 is refused", declaring({ "x-queue-version": 7 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-queue-version' for queue 'q' in vhost '/': \"unsupported queue version '7'\" classId=50 methodId=10",
  ]),
  law("a quorum queue cannot be transient", declaring({ "x-queue-type": "quorum" }, { durable: false }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid property 'non-durable' for queue 'q' in vhost '/' classId=50 methodId=10",
  ]),
  law("a quorum queue cannot be exclusive", declaring({ "x-queue-type": "quorum" }, { exclusive: true }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid property 'exclusive-owner' for queue 'q' in vhost '/' classId=50 methodId=10",
  ]),
  law("a quorum queue cannot be auto-delete", declaring({ "x-queue-type": "quorum" }, { autoDelete: true }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid property 'auto-delete' for queue 'q' in vhost '/' classId=50 methodId=10",
  ]),
  law("a quorum queue has no priorities", declaring({ "x-queue-type": "quorum", "x-max-priority": 5 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue 'q' in vhost '/' of queue type rabbit_quorum_queue classId=50 methodId=10",
  ]),
  law("a quorum queue has no lazy mode", declaring({ "x-queue-type": "quorum", "x-queue-mode": "lazy" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-queue-mode' for queue 'q' in vhost '/' of queue type rabbit_quorum_queue classId=50 methodId=10",
  ]),
  law(
    "a negative delivery limit is refused",
    declaring({ "x-queue-type": "quorum", "x-delivery-limit": -1 }),
    ["queue.declare-ok queue=q"],
  ),
  law("a delivery limit is for quorum queues", declaring({ "x-delivery-limit": 3 }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid arg 'x-delivery-limit' for queue 'q' in vhost '/' of queue type rabbit_classic_queue classId=50 methodId=10",
  ]),
  law(
    "names that start with amq. are reserved",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "queue.declare", { queue: "amq.mine" });
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - queue name 'amq.mine' contains reserved prefix 'amq.*' classId=50 methodId=10",
    ],
  ),
  law(
    "a queue without a name gets one from the broker",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "queue.declare", { exclusive: true });
      return stage.lines(client, "queue.declare-ok");
    },
    ["queue.declare-ok queue=amq.gen-*"],
  ),
  law(
    "no-wait leaves the answer out",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      client.send(1, "queue.declare", { queue, noWait: true });
      client.send(1, "queue.purge", { queue, noWait: true });
      client.send(1, "queue.bind", { queue, exchange: "amq.direct", noWait: true });
      client.send(1, "queue.delete", { queue, noWait: true });
      await client.call(1, "basic.qos", {});
      return stage.lines(client);
    },
    ["basic.qos-ok"],
  ),
  law(
    "an empty name means the queue this AMQP channel declared last",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      await client.call(1, "queue.declare", { queue });
      await client.call(1, "queue.bind", { exchange: "amq.direct" });
      client.publish(1, { exchange: "amq.direct", routingKey: queue }, "by its own name");
      await client.call(1, "basic.get", { noAck: true });
      await client.call(1, "queue.purge", {});
      await client.call(1, "queue.delete", {});
      return stage.lines(client);
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
    "an empty name without a queue declared before is 404",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "queue.purge", {});
      return stage.lines(client, "channel.close", "connection.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no previously declared queue classId=50 methodId=30"],
  ),
  law(
    "a passive declare with an empty name",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "queue.declare", { queue: stage.queue("q") });
      await client.call(1, "queue.declare", { passive: true });
      return stage.lines(client, "queue.declare-ok", "channel.close", "connection.close");
    },
    [
      "queue.declare-ok queue=q",
      "channel.close replyCode=404 replyText=NOT_FOUND - no queue '' in vhost '/' classId=50 methodId=10",
    ],
  ),
  law(
    "purging counts what waited and leaves what is unacked",
    async (stage) => {
      const client = await stage.client();
      const queue = await filled(stage, client, "q", 5);
      await client.call(1, "basic.get", { queue });
      await client.call(1, "queue.purge", { queue });
      await client.call(1, "basic.recover", { requeue: true });
      await client.call(1, "queue.declare", { queue, passive: true });
      return stage.lines(client, "queue.purge-ok", "queue.declare-ok");
    },
    ["queue.declare-ok queue=q", "queue.purge-ok messageCount=4", "queue.declare-ok queue=q messageCount=1"],
  ),
  law(
    "purging a missing queue is 404",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "queue.purge", { queue: stage.queue("q") });
      return stage.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=50 methodId=30"],
  ),
  law(
    "deleting counts what waited",
    async (stage) => {
      const client = await stage.client();
      const queue = await filled(stage, client, "q", 4);
      await client.call(1, "basic.get", { queue });
      await client.call(1, "queue.delete", { queue });
      return stage.lines(client, "queue.delete-ok");
    },
    ["queue.delete-ok messageCount=3"],
  ),
  law(
    "deleting a missing queue is fine",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "queue.delete", { queue: stage.queue("q") });
      return stage.lines(client, "queue.delete-ok", "channel.close");
    },
    ["queue.delete-ok"],
  ),
  law(
    "if-unused keeps a queue that has a consumer",
    async (stage) => {
      const client = await stage.client();
      const queue = await filled(stage, client, "q", 0);
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "queue.delete", { queue, ifUnused: true });
      return stage.lines(client, "queue.delete-ok", "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - queue 'q' in vhost '/' in use classId=50 methodId=40",
    ],
  ),
  law(
    "if-empty keeps a queue that has messages",
    async (stage) => {
      const client = await stage.client();
      const queue = await filled(stage, client, "q", 1);
      await client.call(1, "queue.delete", { queue, ifEmpty: true });
      return stage.lines(client, "queue.delete-ok", "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - queue 'q' in vhost '/' not empty classId=50 methodId=40",
    ],
  ),
  law(
    "if-empty deletes a queue whose messages are all unacked",
    async (stage) => {
      const client = await stage.client();
      const queue = await filled(stage, client, "q", 1);
      await client.call(1, "basic.get", { queue });
      await client.call(1, "queue.delete", { queue, ifEmpty: true });
      return stage.lines(client, "queue.delete-ok", "channel.close");
    },
    ["queue.delete-ok"],
  ),
  law(
    "an exclusive queue is locked for other connections, whatever they do",
    async (stage) => {
      const owner = await stage.client();
      const other = await stage.client();
      const queue = stage.queue("q");
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
      return stage.lines(other, "channel.close");
    },
    [
      "channel.close replyCode=405 replyText=RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration. classId=50 methodId=10",
      "channel.close replyCode=405 replyText=RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration. classId=60 methodId=20",
      "channel.close replyCode=405 replyText=RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration. classId=60 methodId=70",
      "channel.close replyCode=405 replyText=RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration. classId=50 methodId=30",
      "channel.close replyCode=405 replyText=RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration. classId=50 methodId=40",
      "channel.close replyCode=405 replyText=RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration. classId=50 methodId=10",
      "channel.close replyCode=405 replyText=RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration. classId=50 methodId=20",
    ],
  ),
  law(
    "publishing to another connection's exclusive queue is allowed",
    async (stage) => {
      const owner = await stage.client();
      const other = await stage.client();
      const queue = stage.queue("q");
      await owner.call(1, "queue.declare", { queue, exclusive: true });
      await other.call(1, "confirm.select", {});
      other.publish(1, { routingKey: queue }, "from outside");
      await other.all("basic.ack", 1);
      await owner.call(1, "basic.get", { queue, noAck: true });
      return stage.lines(owner, "basic.get-ok");
    },
    ['basic.get-ok deliveryTag=1 routingKey=q "from outside"'],
  ),
  law(
    "an exclusive queue goes with its connection",
    async (stage) => {
      const owner = await stage.client();
      const queue = stage.queue("q");
      await owner.call(1, "queue.declare", { queue, exclusive: true });
      await owner.close();
      const other = await stage.client();
      await other.call(1, "queue.declare", { queue, passive: true });
      return stage.lines(other, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=50 methodId=10"],
  ),
  law(
    "an auto-delete queue goes with its last consumer, not before it had one",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      await client.call(1, "queue.declare", { queue, autoDelete: true });
      await client.call(1, "basic.consume", { queue, consumerTag: "a" });
      await client.call(1, "basic.consume", { queue, consumerTag: "b" });
      await client.call(1, "basic.cancel", { consumerTag: "a" });
      await client.call(1, "queue.declare", { queue, passive: true });
      await client.call(1, "basic.cancel", { consumerTag: "b" });
      await client.call(1, "queue.declare", { queue, passive: true });
      return stage.lines(client);
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
    "an auto-delete queue goes when its consumer's AMQP channel closes",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      await client.call(2, "channel.open", {});
      await client.call(2, "queue.declare", { queue, autoDelete: true });
      await client.call(2, "basic.consume", { queue, consumerTag: "a" });
      await client.call(2, "channel.close", { replyCode: 200 });
      await client.call(1, "queue.declare", { queue, passive: true });
      return stage.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=50 methodId=10"],
  ),
  law(
    "an unused queue expires",
    async (stage) => {
      const client = await stage.client();
      const [queue, dead] = [stage.queue("q"), stage.queue("dead")];
      await client.call(1, "queue.declare", { queue: dead });
      await client.call(1, "queue.declare", {
        queue,
        args: table({ "x-expires": 50, "x-dead-letter-exchange": "", "x-dead-letter-routing-key": dead }),
      });
      for (;;) {
        const answer = await client.call(1, "queue.declare", { queue, passive: true });
        if (answer.method.name === "channel.close") break;
        // A passive declare counts as use; the pause between two must be longer than the queue's life.
        await new Promise((resolve) => setTimeout(resolve, 80));
      }
      return stage.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=50 methodId=10"],
  ),
  law(
    "line ends in a queue's name are dropped",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "queue.declare", { queue: `${stage.queue("q")}\r\n` });
      return stage.lines(client, "queue.declare-ok");
    },
    ["queue.declare-ok queue=q"],
  ),
];
