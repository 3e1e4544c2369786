/**
 * One AMQP channel: the jobs it holds unacked, its consumers and its confirms.
 *
 * 1. Delivery tags count up from 1 and are never used twice; a tag is unacked or unknown.
 * 2. In confirm mode every publish is answered, in order: several acks of one turn are one (multiple), a nack stands alone.
 * 3. Closing settles everything: consumers leave first, then unacked jobs go back, so that none comes here again.
 */
import type { Message } from "../engine/message.ts";
import type { Queue } from "../engine/queue.ts";
import type { Entry } from "../engine/ready-list.ts";
import { AmqpError } from "../wire/errors.ts";
import type { Args, MethodName } from "../wire/methods.ts";
import { Assembly } from "./assembly.ts";
import type { Connection } from "./connection.ts";
import type { SessionConsumer } from "./consumer.ts";

/** A job that was handed out and not answered yet. */
export interface Unacked {
  readonly queue: Queue;
  readonly entry: Entry;
  readonly consumer: SessionConsumer | undefined;
}

export class AmqpChannel {
  readonly id: number;
  readonly connection: Connection;
  readonly consumers = new Map<string, SessionConsumer>();
  readonly unacked = new Map<number, Unacked>();
  /** basic.qos global=false: for consumers that start from now on. */
  prefetch = 0;
  /** basic.qos global=true: for all consumers of this AMQP channel together. */
  prefetchAll = 0;
  lastQueue: string | undefined;
  replyAddress: string | undefined;
  isClosed = false;
  readonly assembly: Assembly;
  #unackedOfConsumers = 0;
  #nextTag = 1;
  #isConfirming = false;
  #published = 0;
  #confirmed = 0;

  constructor(id: number, connection: Connection) {
    this.id = id;
    this.connection = connection;
    this.assembly = new Assembly(connection.broker.limits.messageBytes);
  }

  get host() {
    return this.connection.broker.host;
  }

  get canSend(): boolean {
    return !this.connection.transport.isStalled;
  }

  get hasRoom(): boolean {
    return this.prefetchAll === 0 || this.#unackedOfConsumers < this.prefetchAll;
  }

  send<N extends MethodName>(name: N, args: Partial<Args<N>>): void {
    this.connection.transport.send(this.id, name, args);
  }

  /** Sends a method that carries a message. */
  sendContent<N extends MethodName>(name: N, args: Partial<Args<N>>, message: Message): void {
    this.connection.transport.sendContent(this.id, name, args, message);
  }

  // Jobs

  deliver(consumer: SessionConsumer, entry: Entry): void {
    const message = consumer.queue.outgoing(entry);
    this.sendContent(
      "basic.deliver",
      {
        consumerTag: consumer.tag,
        deliveryTag: this.take(consumer.queue, entry, consumer.noAck, consumer),
        redelivered: entry.redelivered,
        exchange: message.exchange,
        routingKey: message.routingKeys[0] ?? "",
      },
      message,
    );
  }

  /** Gives an entry that leaves its queue a delivery tag; without acks it is settled at once. */
  take(queue: Queue, entry: Entry, noAck: boolean, consumer?: SessionConsumer): number {
    const tag = this.#nextTag++;
    if (noAck) {
      queue.settle(entry);
    } else {
      this.unacked.set(tag, { queue, entry, consumer });
      if (consumer) {
        consumer.unacked += 1;
        this.#unackedOfConsumers += 1;
      }
    }
    return tag;
  }

  /** A reply that was sent straight to this AMQP channel. */
  deliverReply(consumerTag: string, message: Message): void {
    const routingKey = message.routingKeys[0] ?? "";
    const args = { consumerTag, deliveryTag: this.#nextTag++, exchange: message.exchange, routingKey };
    this.sendContent("basic.deliver", args, message);
  }

  /** Takes the jobs a tag stands for out of the unacked ones, oldest first; throws when the tag is unknown. */
  answered(tag: number, multiple: boolean): Unacked[] {
    const tags = multiple && tag === 0 ? [...this.unacked.keys()] : this.#tagsUpTo(tag, multiple);
    return tags.map((each) => this.#forget(each));
  }

  #tagsUpTo(tag: number, multiple: boolean): number[] {
    if (!this.unacked.has(tag)) throw new AmqpError("PRECONDITION_FAILED", `unknown delivery tag ${tag}`);
    if (!multiple) return [tag];
    const tags: number[] = [];
    for (const each of this.unacked.keys()) {
      if (each > tag) break;
      tags.push(each);
    }
    return tags;
  }

  #forget(tag: number): Unacked {
    const unacked = this.unacked.get(tag) as Unacked;
    this.unacked.delete(tag);
    if (unacked.consumer) {
      unacked.consumer.unacked -= 1;
      this.#unackedOfConsumers -= 1;
    }
    return unacked;
  }

  /** Jobs were answered: their queues may have more for us. With a shared prefetch every queue we consume from may. */
  wakeAfter(answered: readonly Unacked[]): void {
    const queues = new Set(answered.map(({ queue }) => queue));
    if (this.prefetchAll > 0) for (const consumer of this.consumers.values()) queues.add(consumer.queue);
    for (const queue of queues) queue.wake();
  }

  wakeConsumers(): void {
    for (const queue of new Set([...this.consumers.values()].map((consumer) => consumer.queue))) queue.wake();
  }

  consumerCancelled(consumer: SessionConsumer): void {
    this.consumers.delete(consumer.tag);
    if (this.connection.canBeCancelled)
      this.send("basic.cancel", { consumerTag: consumer.tag, noWait: true });
  }

  // Confirms

  startConfirming(): void {
    this.#isConfirming = true;
  }

  /** A publish is dealt with; the answer goes out at the end of the turn, or at once when it is a nack. */
  confirm(isTaken: boolean): void {
    if (!this.#isConfirming) return;
    if (isTaken) {
      this.#published += 1;
      return;
    }
    this.sendConfirms();
    this.#published += 1;
    this.#confirmed = this.#published;
    this.send("basic.nack", { deliveryTag: this.#published, requeue: true });
  }

  sendConfirms(): void {
    if (this.#published === this.#confirmed) return;
    this.send("basic.ack", { deliveryTag: this.#published, multiple: this.#published - this.#confirmed > 1 });
    this.#confirmed = this.#published;
  }

  close(): void {
    if (this.isClosed) return;
    this.sendConfirms();
    this.isClosed = true;
    this.assembly.clear();
    if (this.replyAddress) this.connection.broker.directReplies.delete(this.replyAddress);
    const consumers = [...this.consumers.values()];
    this.consumers.clear();
    const unacked = this.answered(0, true);
    for (const consumer of consumers) consumer.queue.removeConsumer(consumer);
    requeueAll(unacked);
  }
}

/** Gives jobs back, each queue's together, so that a queue hands out only when all of them are in place. */
export function requeueAll(unacked: readonly Unacked[]): void {
  const byQueue = new Map<Queue, Entry[]>();
  for (const { queue, entry } of unacked) {
    const entries = byQueue.get(queue);
    if (entries) entries.push(entry);
    else byQueue.set(queue, [entry]);
  }
  for (const [queue, entries] of byQueue) queue.requeue(entries);
}
