/** exchange.* and queue.*: declaring, binding, purging and deleting. A no-wait method gets no reply. */
import type { Binding } from "../engine/exchange.ts";
import { assertNotDefault, assertNotReserved } from "../engine/exchanges.ts";
import { describeQueue } from "../engine/queue-settings.ts";
import { AmqpError } from "../wire/errors.ts";
import type { Args } from "../wire/methods.ts";
import type { AmqpChannel } from "./amqp-channel.ts";
import { isReplyAddress } from "./direct-replies.ts";
import type { Handlers } from "./handlers.ts";
import { generatedName } from "./names.ts";

export const topologyHandlers: Handlers = {
  "exchange.declare": (amqpChannel, args) => {
    const exchange = withoutLineEnds(args.exchange);
    const { type, durable, autoDelete, internal } = args;
    if (args.passive) {
      assertNotDefault(exchange);
      amqpChannel.exchanges.get(exchange);
    } else {
      amqpChannel.exchanges.declare(exchange, { type, durable, autoDelete, internal, args: args.args });
    }
    if (!args.noWait) amqpChannel.send("exchange.declare-ok", {});
  },
  "exchange.delete": (amqpChannel, args) => {
    amqpChannel.exchanges.delete(args.exchange, args.ifUnused);
    if (!args.noWait) amqpChannel.send("exchange.delete-ok", {});
  },
  "exchange.bind": (amqpChannel, args) => {
    amqpChannel.exchanges.bind(exchangeBinding(amqpChannel, args));
    if (!args.noWait) amqpChannel.send("exchange.bind-ok", {});
  },
  "exchange.unbind": (amqpChannel, args) => {
    const { exchanges } = amqpChannel;
    if (exchanges.has(args.source) && exchanges.has(args.destination)) {
      exchanges.unbind(exchangeBinding(amqpChannel, args));
    }
    if (!args.noWait) amqpChannel.send("exchange.unbind-ok", {});
  },
  "queue.declare": declareQueue,
  "queue.bind": (amqpChannel, args) => {
    amqpChannel.exchanges.bind(queueBinding(amqpChannel, args));
    if (!args.noWait) amqpChannel.send("queue.bind-ok", {});
  },
  "queue.unbind": (amqpChannel, args) => {
    const { exchanges, virtualHost } = amqpChannel;
    assertNotDefault(args.exchange);
    // Unbinding a queue or an exchange that does not exist is no error.
    if (exchanges.has(args.exchange) && virtualHost.hasQueue(nameOf(amqpChannel, args.queue))) {
      exchanges.unbind(queueBinding(amqpChannel, args));
    }
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

/** The name of the queue that a method means. An empty name means the queue that this AMQP channel declared last. */
export function nameOf(amqpChannel: AmqpChannel, name: string): string {
  if (name !== "") return name;
  if (amqpChannel.lastQueue === undefined) throw new AmqpError("NOT_FOUND", "no previously declared queue");
  return amqpChannel.lastQueue;
}

export function queueOf(amqpChannel: AmqpChannel, name: string) {
  return amqpChannel.virtualHost.queue(nameOf(amqpChannel, name), amqpChannel.connection);
}

function declareQueue(amqpChannel: AmqpChannel, asked: Args<"queue.declare">): void {
  const args = { ...asked, queue: withoutLineEnds(asked.queue) };
  const { virtualHost, connection } = amqpChannel;
  if (isReplyAddress(args.queue)) {
    if (!connection.broker.directReplies.has(args.queue)) virtualHost.queue(args.queue, connection);
    if (!args.noWait) amqpChannel.send("queue.declare-ok", { queue: args.queue, consumerCount: 1 });
    return;
  }
  const queue = args.passive ? virtualHost.queue(args.queue, connection) : declared(amqpChannel, args);
  queue.touch();
  amqpChannel.lastQueue = queue.name;
  if (args.noWait) return;
  const consumerCount = queue.consumers.count;
  amqpChannel.send("queue.declare-ok", { queue: queue.name, messageCount: queue.length, consumerCount });
}

function declared(amqpChannel: AmqpChannel, args: Args<"queue.declare">) {
  if (args.queue !== "") assertNotReserved("queue", args.queue);
  const name = args.queue === "" ? generatedName("amq.gen") : args.queue;
  if (args.queue === "" && args.args.get("x-queue-type")?.value === "quorum") {
    const text = "Cannot declare a server-named queue for type rabbit_quorum_queue";
    throw new AmqpError("PRECONDITION_FAILED", text);
  }
  if (!args.durable && !args.exclusive)
    amqpChannel.connection.broker.deprecated.used("transient_nonexcl_queues");
  return amqpChannel.virtualHost.declareQueue(name, args, args.args, amqpChannel.connection);
}

/** RabbitMQ removes line ends from declared names: they come from scripts by mistake. */
function withoutLineEnds(name: string): string {
  return name.replaceAll(/[\r\n]/g, "");
}

function queueBinding(amqpChannel: AmqpChannel, args: Args<"queue.unbind">): Binding {
  const name = nameOf(amqpChannel, args.queue);
  // An empty queue name with an empty key binds the last queue by its own name.
  const key = args.queue === "" && args.routingKey === "" ? name : args.routingKey;
  assertNotDefault(args.exchange);
  const source = amqpChannel.exchanges.get(args.exchange);
  return {
    source,
    destination: amqpChannel.virtualHost.queue(name, amqpChannel.connection),
    key,
    args: args.args,
  };
}

function exchangeBinding(amqpChannel: AmqpChannel, args: Args<"exchange.bind">): Binding {
  assertNotDefault(args.source);
  assertNotDefault(args.destination);
  const source = amqpChannel.exchanges.get(args.source);
  return {
    source,
    destination: amqpChannel.exchanges.get(args.destination),
    key: args.routingKey,
    args: args.args,
  };
}

function deleteQueue(amqpChannel: AmqpChannel, args: Args<"queue.delete">): number {
  const name = nameOf(amqpChannel, args.queue);
  if (!amqpChannel.virtualHost.hasQueue(name)) return 0;
  const queue = amqpChannel.virtualHost.queue(name, amqpChannel.connection);
  if (queue.settings.isQuorum) refuseConditions(queue.name, args);
  const problem =
    args.ifUnused && queue.consumers.count > 0 ? "in use" : args.ifEmpty && queue.length > 0 && "not empty";
  if (problem) throw new AmqpError("PRECONDITION_FAILED", `queue '${name}' in vhost '/' ${problem}`);
  return amqpChannel.virtualHost.deleteQueue(queue);
}

/** A quorum queue cannot be deleted only if it is unused or empty. */
function refuseConditions(name: string, { ifUnused, ifEmpty }: Args<"queue.delete">): void {
  const flag = ifUnused ? "if-unused" : ifEmpty && "if-empty";
  if (!flag) return;
  const text = `queue.delete operations with ${flag} flag set are not supported by quorum queues`;
  throw new AmqpError("NOT_IMPLEMENTED", `cannot delete ${describeQueue(name)}. ${text}`);
}
