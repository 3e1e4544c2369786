/** basic.*: consume, get, ack, reject and recover. basic.publish is in publish.ts, because it waits for its content. */
import { routingKeyOf } from "../engine/message.ts";
import { consumerTimeoutOf, mustBeInteger } from "../engine/queue-arguments.ts";
import { describeQueue } from "../engine/queue-settings.ts";
import { AmqpError } from "../wire/errors.ts";
import type { Field } from "../wire/field.ts";
import type { Args } from "../wire/methods.ts";
import { type AmqpChannel, requeueAll } from "./amqp-channel.ts";
import { SessionConsumer } from "./consumer.ts";
import { REPLY_QUEUE } from "./direct-replies.ts";
import type { Handlers } from "./handlers.ts";
import { generatedAddress, generatedName } from "./names.ts";
import { queueOf } from "./topology-handlers.ts";

export const basicHandlers: Handlers = {
  "basic.qos": (amqpChannel, { prefetchSize, prefetchCount, global }) => {
    if (prefetchSize !== 0) throw new AmqpError("NOT_IMPLEMENTED", `prefetch_size!=0 (${prefetchSize})`);
    if (global) amqpChannel.connection.broker.deprecated.used("global_qos");
    amqpChannel.prefetch = prefetchCount;
    amqpChannel.send("basic.qos-ok", {});
  },
  "basic.consume": (amqpChannel, args) => {
    if (args.queue === REPLY_QUEUE) consumeReplies(amqpChannel, args);
    else consume(amqpChannel, args);
  },
  "basic.cancel": (amqpChannel, { consumerTag, noWait }) => {
    if (consumerTag === amqpChannel.replyConsumerTag) amqpChannel.endReplies();
    const consumer = amqpChannel.consumers.get(consumerTag);
    amqpChannel.consumers.delete(consumerTag);
    // Before the consumer is removed: that may delete an auto-delete queue, and then this consumer must not be told.
    if (!noWait) amqpChannel.send("basic.cancel-ok", { consumerTag });
    consumer?.queue.removeConsumer(consumer);
  },
  // A client may agree when the broker has cancelled its consumer. Few do.
  "basic.cancel-ok": () => {},
  "basic.get": (amqpChannel, args) => {
    const queue = queueOf(amqpChannel, args.queue);
    if (queue.settings.isQuorum && queue.settings.isSingleActive) refuseGet(queue.name);
    const entry = queue.get();
    if (!entry) return amqpChannel.send("basic.get-empty", {});
    amqpChannel.sendContent(
      "basic.get-ok",
      {
        deliveryTag: amqpChannel.track(queue, entry, args.noAck),
        redelivered: entry.redelivered,
        exchange: entry.message.exchange,
        routingKey: routingKeyOf(entry.message),
        messageCount: queue.length,
      },
      queue.outgoing(entry),
    );
  },
  "basic.ack": (amqpChannel, { deliveryTag, multiple }) => {
    const acked = amqpChannel.takeUnacked(deliveryTag, multiple);
    for (const { queue, entry } of acked) queue.settle(entry);
    amqpChannel.wakeAfter(acked);
  },
  "basic.nack": nack,
  "basic.reject": (amqpChannel, { deliveryTag, requeue }) =>
    nack(amqpChannel, { deliveryTag, requeue, multiple: false }),
  "basic.recover": (amqpChannel, { requeue }) => {
    recover(amqpChannel, requeue);
    amqpChannel.send("basic.recover-ok", {});
  },
  "basic.recover-async": (amqpChannel, { requeue }) => recover(amqpChannel, requeue),
};

function consume(amqpChannel: AmqpChannel, args: Args<"basic.consume">): void {
  const queue = queueOf(amqpChannel, args.queue);
  const tag = consumerTagOf(args);
  if (amqpChannel.consumers.has(tag))
    throw new AmqpError("NOT_ALLOWED", `attempt to reuse consumer tag '${tag}'`);
  const priority = priorityOf(queue.name, args.args.get("x-priority"));
  const timeoutMs = consumerTimeoutOf(describeQueue(queue.name), args.args, queue.settings.isQuorum);
  const isInUse = queue.exclusiveConsumer || (args.exclusive && queue.consumers.count > 0);
  if (isInUse || (args.exclusive && queue.settings.isSingleActive)) {
    throw new AmqpError("ACCESS_REFUSED", `${describeQueue(queue.name)} in exclusive use`);
  }
  const settings = { tag, noAck: args.noAck, priority, prefetch: amqpChannel.prefetch, timeoutMs };
  const consumer = new SessionConsumer(amqpChannel, queue, settings);
  amqpChannel.consumers.set(tag, consumer);
  if (args.exclusive) queue.exclusiveConsumer = consumer;
  queue.addConsumer(consumer);
  // The reply first: the client does not know the consumer tag of a delivery that comes before it.
  if (!args.noWait) amqpChannel.send("basic.consume-ok", { consumerTag: tag });
  queue.deliver();
}

function consumeReplies(amqpChannel: AmqpChannel, args: Args<"basic.consume">): void {
  if (!args.noAck) throw new AmqpError("PRECONDITION_FAILED", "reply consumer cannot acknowledge");
  if (amqpChannel.replyAddress) throw new AmqpError("PRECONDITION_FAILED", "reply consumer already set");
  const consumerTag = consumerTagOf(args);
  const address = generatedAddress();
  amqpChannel.replyAddress = address;
  amqpChannel.replyConsumerTag = consumerTag;
  amqpChannel.connection.broker.directReplies.set(address, (message) =>
    amqpChannel.deliverReply(consumerTag, message),
  );
  if (!args.noWait) amqpChannel.send("basic.consume-ok", { consumerTag });
}

function nack(amqpChannel: AmqpChannel, args: Args<"basic.nack">): void {
  const nacked = amqpChannel.takeUnacked(args.deliveryTag, args.multiple);
  if (args.requeue) requeueAll(nacked, "returned");
  else for (const { queue, entry } of nacked) queue.deadLetter(entry, "rejected");
  amqpChannel.virtualHost.deadLetters.publish();
  amqpChannel.wakeAfter(nacked);
}

function recover(amqpChannel: AmqpChannel, requeue: boolean): void {
  if (!requeue) throw new AmqpError("NOT_IMPLEMENTED", "requeue=false");
  const unacked = amqpChannel.takeUnacked(0, true);
  requeueAll(unacked, "returned");
  amqpChannel.wakeAfter(unacked);
}

function refuseGet(name: string): never {
  const text =
    `cannot obtain access to locked ${describeQueue(name)}. basic.get operations are not supported by ` +
    '<<"quorum">> queues with single active consumer';
  throw new AmqpError("RESOURCE_LOCKED", text);
}

function consumerTagOf({ consumerTag }: Args<"basic.consume">): string {
  return consumerTag === "" ? generatedName("amq.ctag") : consumerTag;
}

function priorityOf(queue: string, field: Field | undefined): number {
  if (!field) return 0;
  const problem = mustBeInteger(field);
  if (!problem) return Number(field.value);
  throw new AmqpError(
    "PRECONDITION_FAILED",
    `invalid arg 'x-priority' for ${describeQueue(queue)}: ${problem}`,
  );
}
