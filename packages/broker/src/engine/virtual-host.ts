/**
 * The virtual host "/": its exchanges and queues by name, and what may be done to them.
 *
 * 1. The default exchange and the amq.* ones always exist; nobody declares, binds or deletes them.
 * 2. An entity that is deleted takes its bindings with it; an auto-delete exchange goes with its last binding.
 * 3. An exclusive queue is seen by its owner only and goes when the owner does.
 * 4. `heldBytes` is what all messages in all queues take, unacked ones included.
 */
import { AmqpError } from "../wire/errors.ts";
import type { Table } from "../wire/values.ts";
import { deadLetterOf, isCycle } from "./dead-letter.ts";
import { type Binding, Exchange, type ExchangeSettings, type ExchangeType } from "./exchange.ts";
import { checkHeadersBinding } from "./headers.ts";
import { type Message, sizeOf } from "./message.ts";
import { type DeathReason, Queue, type QueueHost } from "./queue.ts";
import { assertSameArgs, assertSameFlag, assertTextArg, queueArgKeys } from "./queue-arguments.ts";
import { describeQueue, type Owner, type QueueSettings, settingsOf } from "./queue-settings.ts";

const PREDECLARED: readonly [string, ExchangeType][] = [
  ["", "direct"],
  ["amq.direct", "direct"],
  ["amq.fanout", "fanout"],
  ["amq.topic", "topic"],
  ["amq.headers", "headers"],
  ["amq.match", "headers"],
];
const NO_ARGS: Table = new Map();

export function describeExchange(name: string): string {
  return name === "" ? "default exchange" : `exchange '${name}' in vhost '/'`;
}

export class VirtualHost implements QueueHost {
  readonly #exchanges = new Map<string, Exchange>();
  readonly #queues = new Map<string, Queue>();
  #heldBytes = 0;
  #deadLetters: { queue: Queue; message: Message; reason: DeathReason }[] = [];
  #isBurying = false;
  /** Called after `heldBytes` changed. */
  onMemory: (heldBytes: number) => void = () => {};

  constructor() {
    for (const [name, type] of PREDECLARED) {
      const settings = { type, durable: true, autoDelete: false, internal: false, args: NO_ARGS };
      this.#exchanges.set(name, new Exchange(name, settings));
    }
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  nowMs(): number {
    return performance.now();
  }

  hold(message: Message): void {
    message.holders += 1;
    if (message.holders > 1) return;
    this.#heldBytes += sizeOf(message);
    this.onMemory(this.#heldBytes);
  }

  free(message: Message): void {
    message.holders -= 1;
    if (message.holders > 0) return;
    this.#heldBytes -= sizeOf(message);
    this.onMemory(this.#heldBytes);
  }

  // Exchanges

  exchange(name: string): Exchange {
    const found = this.#exchanges.get(name);
    if (!found) throw new AmqpError("NOT_FOUND", `no ${describeExchange(name)}`);
    return found;
  }

  hasExchange(name: string): boolean {
    return this.#exchanges.has(name);
  }

  declareExchange(name: string, settings: Omit<ExchangeSettings, "type"> & { readonly type: string }): void {
    const type = settings.type;
    if (type !== "direct" && type !== "fanout" && type !== "topic" && type !== "headers") {
      throw new AmqpError("COMMAND_INVALID", `unknown exchange type '${type}'`);
    }
    assertNotDefault(name);
    const found = this.#exchanges.get(name);
    if (!found) {
      assertNotReserved("exchange", name);
      assertTextArg(settings.args, "alternate-exchange", describeExchange(name));
      this.#exchanges.set(name, new Exchange(name, { ...settings, type }));
      return;
    }
    const entity = describeExchange(name);
    assertSameFlag("type", entity, type, found.settings.type);
    assertSameFlag("durable", entity, settings.durable, found.settings.durable);
    assertSameFlag("auto_delete", entity, settings.autoDelete, found.settings.autoDelete);
    assertSameFlag("internal", entity, settings.internal, found.settings.internal);
    assertSameArgs(entity, settings.args, found.settings.args, ["alternate-exchange"]);
  }

  deleteExchange(name: string, ifUnused: boolean): void {
    assertNotDefault(name);
    if (name.startsWith("amq.")) {
      throw new AmqpError("ACCESS_REFUSED", `deletion of system ${describeExchange(name)} not allowed`);
    }
    const found = this.#exchanges.get(name);
    if (!found) return;
    if (ifUnused && found.isUsed)
      throw new AmqpError("PRECONDITION_FAILED", `${describeExchange(name)} in use`);
    this.#dropExchange(found);
  }

  #dropExchange(exchange: Exchange): void {
    this.#exchanges.delete(exchange.name);
    this.#unbindAllTo(exchange);
  }

  #unbindAllTo(destination: Queue | Exchange): void {
    for (const source of [...this.#exchanges.values()]) {
      if (source.removeAllTo(destination)) this.#dropIfUnused(source);
    }
  }

  #dropIfUnused(source: Exchange): void {
    if (source.settings.autoDelete && !source.isUsed) this.#dropExchange(source);
  }

  bind(binding: Binding): void {
    if (binding.source.settings.type === "headers") checkHeadersBinding(binding.args);
    binding.source.add(binding);
  }

  unbind(binding: Binding): void {
    if (binding.source.remove(binding)) this.#dropIfUnused(binding.source);
  }

  // Queues

  /** The queue of that name, for a connection that may use it; throws NOT_FOUND or RESOURCE_LOCKED. */
  queue(name: string, who: Owner): Queue {
    const found = this.#queues.get(name);
    if (!found) throw new AmqpError("NOT_FOUND", `no ${describeQueue(name)}`);
    assertAccess(found, who);
    return found;
  }

  hasQueue(name: string): boolean {
    return this.#queues.has(name);
  }

  declareQueue(
    name: string,
    flags: { durable: boolean; exclusive: boolean; autoDelete: boolean },
    args: Table,
    who: Owner,
  ): Queue {
    const owner = flags.exclusive ? who : undefined;
    const found = this.#queues.get(name);
    if (found) {
      assertSameQueue(found, { ...flags, owner }, args, who);
      found.touch();
      return found;
    }
    // An exclusive queue never outlives its connection, so RabbitMQ does not call it durable.
    const durable = flags.durable && !flags.exclusive;
    const queue = new Queue(
      name,
      settingsOf(name, { durable, autoDelete: flags.autoDelete, owner }, args),
      this,
    );
    this.#queues.set(name, queue);
    return queue;
  }

  deleteQueue(queue: Queue): number {
    if (queue.isGone) return 0;
    this.#queues.delete(queue.name);
    const count = queue.close();
    this.#unbindAllTo(queue);
    return count;
  }

  expire(queue: Queue): void {
    this.deleteQueue(queue);
  }

  /** A connection ended: its exclusive queues go. */
  releaseOwner(owner: Owner): void {
    for (const queue of [...this.#queues.values()]) {
      if (queue.settings.owner === owner) this.deleteQueue(queue);
    }
  }

  // Messages

  /** The queues a message reaches: every exchange is visited once, an unrouted message follows the alternate exchange. */
  route(start: Exchange, message: Message): Set<Queue> {
    const queues = new Set<Queue>();
    const visited = new Set([start]);
    for (const exchange of visited) {
      let isRouted = false;
      for (const destination of this.#matches(exchange, message)) {
        isRouted = true;
        if (destination.kind === "queue") queues.add(destination);
        else visited.add(destination);
      }
      const alternate = exchange.settings.args.get("alternate-exchange")?.value;
      const next = isRouted || alternate === undefined ? undefined : this.#exchanges.get(String(alternate));
      if (next) visited.add(next);
    }
    return queues;
  }

  #matches(exchange: Exchange, message: Message): Iterable<Queue | Exchange> {
    if (exchange.name !== "") return exchange.matches(message);
    return message.routingKeys.flatMap((key) => this.#queues.get(key) ?? []);
  }

  /** Routes and enqueues. `isTaken` is false when a full queue refused it; `queues` counts where it was routed. */
  publish(message: Message): { readonly queues: number; readonly isTaken: boolean } {
    const queues = this.route(this.exchange(message.exchange), message);
    let isTaken = true;
    for (const queue of queues) isTaken = queue.publish(message) && isTaken;
    this.bury();
    return { queues: queues.size, isTaken };
  }

  deadLetter(queue: Queue, message: Message, reason: DeathReason): void {
    this.#deadLetters.push({ queue, message, reason });
    // Timers and settled jobs end here too, and nobody may follow them: bury once the change at hand is finished.
    if (this.#deadLetters.length === 1) queueMicrotask(() => this.bury());
  }

  /** Publishes the dead letters. Burying one may make more; they join the end of the same list. */
  bury(): void {
    if (this.#isBurying) return;
    this.#isBurying = true;
    try {
      for (const { queue, message, reason } of this.#deadLetters) this.#buryOne(queue, message, reason);
    } finally {
      this.#deadLetters = [];
      this.#isBurying = false;
    }
  }

  #buryOne(queue: Queue, message: Message, reason: DeathReason): void {
    const exchange = this.#exchanges.get(queue.settings.deadLetterExchange ?? "");
    if (!exchange) return;
    const letter = deadLetterOf(message, queue, reason, Math.floor(Date.now() / 1000));
    for (const target of this.route(exchange, letter)) {
      if (reason === "rejected" || !isCycle(letter, target.name)) target.publish(letter);
    }
  }

  close(): void {
    for (const queue of [...this.#queues.values()]) this.deleteQueue(queue);
  }
}

export function assertNotDefault(exchange: string): void {
  if (exchange === "")
    throw new AmqpError("ACCESS_REFUSED", "operation not permitted on the default exchange");
}

export function assertNotReserved(kind: "queue" | "exchange", name: string): void {
  if (!name.startsWith("amq.")) return;
  throw new AmqpError("ACCESS_REFUSED", `${kind} name '${name}' contains reserved prefix 'amq.*'`);
}

function assertAccess(queue: Queue, who: Owner): void {
  const { owner } = queue.settings;
  if (owner !== undefined && owner !== who) throw locked(queue);
}

function locked(queue: Queue): AmqpError {
  return new AmqpError(
    "RESOURCE_LOCKED",
    `cannot obtain exclusive access to locked ${describeQueue(queue.name)}. It could be originally declared on another ` +
      "connection or the exclusive property value does not match that of the original declaration.",
  );
}

function assertSameQueue(
  queue: Queue,
  flags: { durable: boolean; exclusive: boolean; autoDelete: boolean; owner: Owner | undefined },
  args: Table,
  who: Owner,
): void {
  const current: QueueSettings = queue.settings;
  assertAccess(queue, who);
  const entity = describeQueue(queue.name);
  assertSameFlag("durable", entity, flags.durable && !flags.exclusive, current.durable);
  assertSameFlag("auto_delete", entity, flags.autoDelete, current.autoDelete);
  if (flags.owner !== current.owner) throw locked(queue);
  assertSameArgs(entity, args, current.args, queueArgKeys);
}
