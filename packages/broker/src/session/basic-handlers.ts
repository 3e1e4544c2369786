/** basic.*: consuming, getting and answering jobs. (basic.publish is in publish.ts: it is done when its message is whole.) */

import { isInteger } from "../engine/queue-arguments.ts";
import { describeQueue } from "../engine/queue-settings.ts";
import { AmqpError } from "../wire/errors.ts";
import type { Args } from "../wire/methods.ts";
import type { Field } from "../wire/values.ts";
import { type AmqpChannel, requeueAll } from "./amqp-channel.ts";
import { SessionConsumer } from "./consumer.ts";
import { REPLY_QUEUE } from "./direct-replies.ts";
import type { Handlers } from "./handlers.ts";
import { generatedName } from "./names.ts";
import { queueOf } from "./topology-handlers.ts";

export const basicHandlers: Handlers = {
  "basic.qos": (amqpChannel, { prefetchSize, prefetchCount, global }) => {
    if (prefetchSize !== 0) throw new AmqpError("NOT_IMPLEMENTED", `prefetch_size!=0 (${prefetchSize})`);
    if (global) amqpChannel.prefetchAll = prefetchCount;
    else amqpChannel.prefetch = prefetchCount;
    amqpChannel.send("basic.qos-ok", {});
    if (global) amqpChannel.wakeConsumers();
  },
  "basic.consume": (amqpChannel, args) => {
    if (args.queue === REPLY_QUEUE) consumeReplies(amqpChannel, args);
    else consume(amqpChannel, args);
  },
  "basic.cancel": (amqpChannel, { consumerTag, noWait }) => {
    const consumer = amqpChannel.consumers.get(consumerTag);
    amqpChannel.consumers.delete(consumerTag);
    // Before the queue acts on it: deleting an auto-delete queue must not look like news to this consumer.
    if (!noWait) amqpChannel.send("basic.cancel-ok", { consumerTag });
    consumer?.queue.removeConsumer(consumer);
  },
  "basic.get": (amqpChannel, args) => {
    const queue = queueOf(amqpChannel, args.queue);
    const entry = queue.get();
    if (!entry) return amqpChannel.send("basic.get-empty", {});
    const { exchange, routingKeys } = entry.message;
    amqpChannel.sendContent(
      "basic.get-ok",
      {
        deliveryTag: amqpChannel.take(queue, entry, args.noAck),
        redelivered: entry.redelivered,
        exchange,
        routingKey: routingKeys[0] ?? "",
        messageCount: queue.length,
      },
      queue.outgoing(entry),
    );
  },
  "basic.ack": (amqpChannel, { deliveryTag, multiple }) => {
    const answered = amqpChannel.answered(deliveryTag, multiple);
    for (const { queue, entry } of answered) queue.settle(entry);
    amqpChannel.wakeAfter(answered);
  },
  "basic.nack": refuse,
  "basic.reject": (amqpChannel, { deliveryTag, requeue }) =>
    refuse(amqpChannel, { deliveryTag, requeue, multiple: false }),
  "basic.recover": (amqpChannel, { requeue }) => {
    recover(amqpChannel, requeue);
    amqpChannel.send("basic.recover-ok", {});
  },
  "basic.recover-async": (amqpChannel, { requeue }) => recover(amqpChannel, requeue),
};

function consume(amqpChannel: AmqpChannel, args: Args<"basic.consume">): void {
  const queue = queueOf(amqpChannel, args.queue);
  const tag = args.consumerTag === "" ? generatedName("amq.ctag") : args.consumerTag;
  if (amqpChannel.consumers.has(tag))
    throw new AmqpError("NOT_ALLOWED", `attempt to reuse consumer tag '${tag}'`);
  if (queue.settings.isQuorum && amqpChannel.prefetchAll > 0) {
    throw new AmqpError("NOT_IMPLEMENTED", `${describeQueue(queue.name)} does not support global qos`);
  }
  const priority = priorityOf(queue.name, args.args.get("x-priority"));
  const isTaken = queue.exclusiveConsumer || (args.exclusive && queue.consumers.count > 0);
  if (isTaken || (args.exclusive && queue.settings.isSingleActive)) {
    throw new AmqpError("ACCESS_REFUSED", `${describeQueue(queue.name)} in exclusive use`);
  }
  const settings = { tag, noAck: args.noAck, priority, prefetch: amqpChannel.prefetch };
  const consumer = new SessionConsumer(amqpChannel, queue, settings);
  amqpChannel.consumers.set(tag, consumer);
  if (args.exclusive) queue.exclusiveConsumer = consumer;
  queue.addConsumer(consumer);
  // The reply first: a job that came before it would have a tag the client does not know.
  if (!args.noWait) amqpChannel.send("basic.consume-ok", { consumerTag: tag });
  queue.run();
}

function consumeReplies(amqpChannel: AmqpChannel, args: Args<"basic.consume">): void {
  if (!args.noAck) throw new AmqpError("PRECONDITION_FAILED", "reply consumer cannot acknowledge");
  if (amqpChannel.replyAddress) throw new AmqpError("PRECONDITION_FAILED", "reply consumer already set");
  const consumerTag = args.consumerTag === "" ? generatedName("amq.ctag") : args.consumerTag;
  const address = generatedName(REPLY_QUEUE);
  amqpChannel.replyAddress = address;
  amqpChannel.connection.broker.directReplies.set(address, (message) =>
    amqpChannel.deliverReply(consumerTag, message),
  );
  if (!args.noWait) amqpChannel.send("basic.consume-ok", { consumerTag });
}

function refuse(amqpChannel: AmqpChannel, args: Args<"basic.nack">): void {
  const answered = amqpChannel.answered(args.deliveryTag, args.multiple);
  if (args.requeue) requeueAll(answered);
  else for (const { queue, entry } of answered) queue.deadLetter(entry, "rejected");
  amqpChannel.host.bury();
  amqpChannel.wakeAfter(answered);
}

function recover(amqpChannel: AmqpChannel, requeue: boolean): void {
  if (!requeue) throw new AmqpError("NOT_IMPLEMENTED", "requeue=false");
  const answered = amqpChannel.answered(0, true);
  requeueAll(answered);
  amqpChannel.wakeAfter(answered);
}

function priorityOf(queue: string, field: Field | undefined): number {
  if (!field) return 0;
  const complaint = isInteger(field);
  if (!complaint) return Number(field.value);
  throw new AmqpError(
    "PRECONDITION_FAILED",
    `invalid arg 'x-priority' for ${describeQueue(queue)}: ${complaint}`,
  );
}
