/**
 * The virtual host "/": its queues, and the way of a message from an exchange into them.
 *
 * 1. An exclusive queue is open to its owner only, and is deleted when the owner's connection ends.
 * 2. The held bytes are those of the messages in all queues, unacked ones included.
 */
import { AmqpError } from "../wire/errors.ts";
import type { Table } from "../wire/field.ts";
import { DeadLetterList } from "./dead-letter-list.ts";
import { assertSameQueue, type QueueFlags } from "./equivalence.ts";
import type { Exchange } from "./exchange.ts";
import { Exchanges } from "./exchanges.ts";
import { type Message, sizeOf } from "./message.ts";
import { type DeathReason, Queue, type QueueHost } from "./queue.ts";
import { assertAccess, describeQueue, type Owner, settingsOf } from "./queue-settings.ts";

export class VirtualHost implements QueueHost {
  readonly exchanges = new Exchanges();
  readonly deadLetters = new DeadLetterList((exchange, message) => {
    const source = this.exchanges.find(exchange);
    return source ? this.#route(source, message) : [];
  });
  readonly #queues = new Map<string, Queue>();
  #heldBytes = 0;
  /** Called whenever the number of held bytes changes. */
  onMemory: (heldBytes: number) => void = () => {};

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

  // Queues

  /** The queue of that name, if `connection` may use it; throws NOT_FOUND or RESOURCE_LOCKED. */
  queue(name: string, connection: Owner): Queue {
    const found = this.#queues.get(name);
    if (!found) throw new AmqpError("NOT_FOUND", `no ${describeQueue(name)}`);
    assertAccess(name, found.settings, connection);
    return found;
  }

  hasQueue(name: string): boolean {
    return this.#queues.has(name);
  }

  declareQueue(name: string, flags: QueueFlags, args: Table, connection: Owner): Queue {
    const found = this.#queues.get(name);
    if (found) {
      assertSameQueue(name, flags, args, connection, found.settings);
      found.touch();
      return found;
    }
    // An exclusive queue never outlives its connection, so RabbitMQ does not call it durable.
    const durable = flags.durable && !flags.exclusive;
    const owner = flags.exclusive ? connection : undefined;
    const settings = settingsOf(name, { durable, autoDelete: flags.autoDelete, owner }, args);
    const queue = new Queue(name, settings, this);
    this.#queues.set(name, queue);
    return queue;
  }

  /** Deletes a queue with its bindings. Returns how many messages were ready in it. */
  deleteQueue(queue: Queue): number {
    if (queue.isGone) return 0;
    this.#queues.delete(queue.name);
    const count = queue.close();
    this.exchanges.unbindAllTo(queue);
    return count;
  }

  /** Deletes the exclusive queues of a connection that has ended. */
  deleteQueuesOf(owner: Owner): void {
    for (const queue of [...this.#queues.values()]) {
      if (queue.settings.owner === owner) this.deleteQueue(queue);
    }
  }

  // Messages

  /** Routes and enqueues. `queues` counts where it was routed; `isAccepted` is false when a full queue refused it. */
  publish(message: Message): { readonly queues: number; readonly isAccepted: boolean } {
    const queues = this.#route(this.exchanges.get(message.exchange), message);
    let isAccepted = true;
    for (const queue of queues) isAccepted = queue.publish(message) && isAccepted;
    this.deadLetters.publish();
    return { queues: queues.size, isAccepted };
  }

  /** The queues that a message reaches. No exchange is visited twice, so bindings may form a cycle. */
  #route(start: Exchange, message: Message): Set<Queue> {
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
      const next = isRouted || alternate === undefined ? undefined : this.exchanges.find(String(alternate));
      if (next) visited.add(next);
    }
    return queues;
  }

  /** The default exchange has no bindings of its own: a queue is bound to it by its name. */
  #matches(exchange: Exchange, message: Message): Iterable<Queue | Exchange> {
    if (exchange.name !== "") return exchange.matches(message);
    return message.routingKeys.flatMap((key) => this.#queues.get(key) ?? []);
  }

  deadLetter(queue: Queue, message: Message, reason: DeathReason): void {
    this.deadLetters.add(queue, message, reason);
  }

  close(): void {
    for (const queue of [...this.#queues.values()]) this.deleteQueue(queue);
  }
}
