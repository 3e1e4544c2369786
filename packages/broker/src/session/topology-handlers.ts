/** exchange.* and queue.*: declaring, binding, purging and deleting. Replies are left out when the client said no-wait. */
import type { Binding } from "../engine/exchange.ts";
import { assertNotDefault, assertNotReserved } from "../engine/virtual-host.ts";
import { AmqpError } from "../wire/errors.ts";
import type { Args } from "../wire/methods.ts";
import type { AmqpChannel } from "./amqp-channel.ts";
import { isReplyAddress } from "./direct-replies.ts";
import type { Handlers } from "./handlers.ts";
import { generatedName } from "./names.ts";

export const topologyHandlers: Handlers = {
  "exchange.declare": (amqpChannel, args) => {
    const { exchange, type, durable, autoDelete, internal } = args;
    if (args.passive) {
      assertNotDefault(exchange);
      amqpChannel.host.exchange(exchange);
    } else {
      amqpChannel.host.declareExchange(exchange, { type, durable, autoDelete, internal, args: args.args });
    }
    if (!args.noWait) amqpChannel.send("exchange.declare-ok", {});
  },
  "exchange.delete": (amqpChannel, args) => {
    amqpChannel.host.deleteExchange(args.exchange, args.ifUnused);
    if (!args.noWait) amqpChannel.send("exchange.delete-ok", {});
  },
  "exchange.bind": (amqpChannel, args) => {
    amqpChannel.host.bind(exchangeBinding(amqpChannel, args));
    if (!args.noWait) amqpChannel.send("exchange.bind-ok", {});
  },
  "exchange.unbind": (amqpChannel, args) => {
    amqpChannel.host.unbind(exchangeBinding(amqpChannel, args));
    if (!args.noWait) amqpChannel.send("exchange.unbind-ok", {});
  },
  "queue.declare": declareQueue,
  "queue.bind": (amqpChannel, args) => {
    amqpChannel.host.bind(queueBinding(amqpChannel, args));
    if (!args.noWait) amqpChannel.send("queue.bind-ok", {});
  },
  "queue.unbind": (amqpChannel, args) => {
    amqpChannel.host.unbind(queueBinding(amqpChannel, args));
    amqpChannel.send("queue.unbind-ok", {});
  },
  "queue.purge": (amqpChannel, args) => {
    const messageCount = queueOf(amqpChannel, args.queue).purge();
    if (!args.noWait) amqpChannel.send("queue.purge-ok", { messageCount });
  },
  "queue.delete": (amqpChannel, args) => {
    const messageCount = deleteQueue(amqpChannel, args);
    if (!args.noWait) amqpChannel.send("queue.delete-ok", { messageCount });
  },
};

/** The queue a method names; an empty name means the one this AMQP channel declared last. */
export function nameOf(amqpChannel: AmqpChannel, name: string): string {
  if (name !== "") return name;
  if (amqpChannel.lastQueue === undefined) throw new AmqpError("NOT_FOUND", "no previously declared queue");
  return amqpChannel.lastQueue;
}

export function queueOf(amqpChannel: AmqpChannel, name: string) {
  return amqpChannel.host.queue(nameOf(amqpChannel, name), amqpChannel.connection);
}

function declareQueue(amqpChannel: AmqpChannel, args: Args<"queue.declare">): void {
  const { host, connection } = amqpChannel;
  if (isReplyAddress(args.queue)) {
    if (!connection.broker.directReplies.has(args.queue)) host.queue(args.queue, connection);
    if (!args.noWait) amqpChannel.send("queue.declare-ok", { queue: args.queue, consumerCount: 1 });
    return;
  }
  const queue = args.passive ? queueOf(amqpChannel, args.queue) : declared(amqpChannel, args);
  queue.touch();
  amqpChannel.lastQueue = queue.name;
  if (args.noWait) return;
  const consumerCount = queue.consumers.count;
  amqpChannel.send("queue.declare-ok", { queue: queue.name, messageCount: queue.length, consumerCount });
}

function declared(amqpChannel: AmqpChannel, args: Args<"queue.declare">) {
  if (args.queue !== "") assertNotReserved("queue", args.queue);
  const name = args.queue === "" ? generatedName("amq.gen") : args.queue;
  return amqpChannel.host.declareQueue(name, args, args.args, amqpChannel.connection);
}

function queueBinding(amqpChannel: AmqpChannel, args: Args<"queue.unbind">): Binding {
  const name = nameOf(amqpChannel, args.queue);
  // An empty queue name with an empty key binds the last queue by its own name.
  const key = args.queue === "" && args.routingKey === "" ? name : args.routingKey;
  assertNotDefault(args.exchange);
  const destination = amqpChannel.host.queue(name, amqpChannel.connection);
  return { source: amqpChannel.host.exchange(args.exchange), destination, key, args: args.args };
}

function exchangeBinding(amqpChannel: AmqpChannel, args: Args<"exchange.bind">): Binding {
  assertNotDefault(args.source);
  assertNotDefault(args.destination);
  const source = amqpChannel.host.exchange(args.source);
  return {
    source,
    destination: amqpChannel.host.exchange(args.destination),
    key: args.routingKey,
    args: args.args,
  };
}

function deleteQueue(amqpChannel: AmqpChannel, args: Args<"queue.delete">): number {
  const name = nameOf(amqpChannel, args.queue);
  if (!amqpChannel.host.hasQueue(name)) return 0;
  const queue = amqpChannel.host.queue(name, amqpChannel.connection);
  const problem =
    args.ifUnused && queue.consumers.count > 0 ? "in use" : args.ifEmpty && queue.length > 0 && "not empty";
  if (problem) throw new AmqpError("PRECONDITION_FAILED", `queue '${name}' in vhost '/' ${problem}`);
  return amqpChannel.host.deleteQueue(queue);
}
