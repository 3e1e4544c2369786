/**
 * One AMQP channel: its consumers, its unacked deliveries and its confirms.
 *
 * 1. Delivery tags count up from 1 and are never used twice.
 * 2. In confirm mode every publish is confirmed, in order. The acks for one piece of input are sent as one (multiple); a
 *    nack is sent alone.
 * 3. Closing removes the consumers first and requeues the unacked deliveries then, so that none is delivered here again.
 */
import { type Message, routingKeyOf } from "../engine/message.ts";
import type { Queue, ReturnReason } from "../engine/queue.ts";
import type { Entry } from "../engine/ready-list.ts";
import { AmqpError } from "../wire/errors.ts";
import type { Args, MethodName } from "../wire/methods.ts";
import { AckTimeouts } from "./ack-timeouts.ts";
import { Assembly } from "./assembly.ts";
import type { Connection } from "./connection.ts";
import type { SessionConsumer } from "./consumer.ts";

/** A delivery that is not acked yet. */
export interface Delivery {
  readonly queue: Queue;
  readonly entry: Entry;
  readonly consumer: SessionConsumer | undefined;
}

export class AmqpChannel {
  readonly id: number;
  readonly connection: Connection;
  readonly consumers = new Map<string, SessionConsumer>();
  readonly unacked = new Map<number, Delivery>();
  /** basic.qos: for each consumer that starts later. */
  prefetch = 0;
  lastQueue: string | undefined;
  replyAddress: string | undefined;
  replyConsumerTag: string | undefined;
  isClosed = false;
  readonly assembly: Assembly;
  readonly #timeouts = new AckTimeouts((tag, timeoutMs) => this.#timedOut(tag, timeoutMs));
  #nextTag = 1;
  #isConfirming = false;
  #published = 0;
  #confirmed = 0;

  constructor(id: number, connection: Connection) {
    this.id = id;
    this.connection = connection;
    this.assembly = new Assembly(connection.broker.limits.messageBytes);
  }

  get virtualHost() {
    return this.connection.broker.virtualHost;
  }

  get exchanges() {
    return this.virtualHost.exchanges;
  }

  get canSend(): boolean {
    return !this.connection.transport.isStalled;
  }

  send<N extends MethodName>(name: N, args: Partial<Args<N>>): void {
    this.connection.transport.send(this.id, name, args);
  }

  /** Sends a method that carries a message. */
  sendContent<N extends MethodName>(name: N, args: Partial<Args<N>>, message: Message): void {
    this.connection.transport.sendContent(this.id, name, args, message);
  }

  // Deliveries

  deliver(consumer: SessionConsumer, entry: Entry): void {
    const message = consumer.queue.outgoing(entry);
    this.sendContent(
      "basic.deliver",
      {
        consumerTag: consumer.tag,
        deliveryTag: this.track(consumer.queue, entry, consumer.noAck, consumer),
        redelivered: entry.redelivered,
        exchange: message.exchange,
        routingKey: routingKeyOf(message),
      },
      message,
    );
  }

  /** Gives an entry that leaves its queue a delivery tag. With noAck it is settled at once. */
  track(queue: Queue, entry: Entry, noAck: boolean, consumer?: SessionConsumer): number {
    const tag = this.#nextTag++;
    if (noAck) {
      queue.settle(entry);
    } else {
      this.unacked.set(tag, { queue, entry, consumer });
      if (consumer) consumer.unacked += 1;
      if (queue.settings.isQuorum) this.#timeouts.watch(tag, this.#timeoutOf(queue, consumer));
    }
    return tag;
  }

  /** Delivers a reply that was sent straight to this AMQP channel. */
  deliverReply(consumerTag: string, message: Message): void {
    const args = {
      consumerTag,
      deliveryTag: this.#nextTag++,
      exchange: message.exchange,
      routingKey: routingKeyOf(message),
    };
    this.sendContent("basic.deliver", args, message);
  }

  /** Removes the deliveries that a tag means from the unacked ones, oldest first; throws when the tag is unknown. */
  takeUnacked(tag: number, multiple: boolean): Delivery[] {
    const tags = multiple && tag === 0 ? [...this.unacked.keys()] : this.#tagsUpTo(tag, multiple);
    return tags.map((each) => this.#forget(each));
  }

  #tagsUpTo(tag: number, multiple: boolean): number[] {
    const isThere = this.unacked.has(tag);
    // An ack that comes too late is no mistake of the client.
    if (!isThere && !this.#timeouts.takeLate(tag))
      throw new AmqpError("PRECONDITION_FAILED", `unknown delivery tag ${tag}`);
    if (!multiple) return isThere ? [tag] : [];
    const tags: number[] = [];
    for (const each of this.unacked.keys()) {
      if (each > tag) break;
      tags.push(each);
    }
    return tags;
  }

  #forget(tag: number): Delivery {
    const delivery = this.unacked.get(tag) as Delivery;
    this.unacked.delete(tag);
    this.#timeouts.forget(tag);
    if (delivery.consumer) delivery.consumer.unacked -= 1;
    return delivery;
  }

  /** Lets the queues of these deliveries deliver again. */
  wakeAfter(settled: readonly Delivery[]): void {
    for (const queue of new Set(settled.map((delivery) => delivery.queue))) queue.wake();
  }

  wakeConsumers(): void {
    for (const queue of new Set([...this.consumers.values()].map((consumer) => consumer.queue))) queue.wake();
  }

  #timeoutOf(queue: Queue, consumer: SessionConsumer | undefined): number {
    const own = consumer?.timeoutMs ?? queue.settings.consumerTimeoutMs;
    return own ?? this.connection.broker.limits.consumerTimeoutMs;
  }

  /** A delivery was not acked in time: its message goes back, and its consumer is cancelled. */
  #timedOut(tag: number, timeoutMs: number): void {
    const { queue, entry, consumer } = this.#forget(tag);
    if (consumer && this.consumers.get(consumer.tag) === consumer) {
      consumer.isLate = this.connection.capabilities.consumerCancelNotify;
      this.consumerCancelled(consumer);
      // Before the message is back: this consumer must not get it again.
      queue.removeConsumer(consumer);
    }
    if (!queue.isGone && !consumer?.isLate)
      this.connection.failAmqpChannel(this.id, lateError(this.id, timeoutMs));
    queue.requeue([entry], "returned");
  }

  consumerCancelled(consumer: SessionConsumer): void {
    this.consumers.delete(consumer.tag);
    if (this.connection.capabilities.consumerCancelNotify)
      this.send("basic.cancel", { consumerTag: consumer.tag, noWait: true });
  }

  /** Ends the consumer of direct replies, if there is one. Replies that come later are dropped. */
  endReplies(): void {
    if (this.replyAddress) this.connection.broker.directReplies.delete(this.replyAddress);
    this.replyAddress = undefined;
    this.replyConsumerTag = undefined;
  }

  // Confirms

  startConfirming(): void {
    this.#isConfirming = true;
  }

  /** Notes that a publish is done. Its ack is sent after the input at hand, a nack at once. */
  confirm(isAccepted: boolean): void {
    if (!this.#isConfirming) return;
    if (isAccepted) {
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
    this.endReplies();
    this.#timeouts.end();
    const consumers = [...this.consumers.values()];
    this.consumers.clear();
    const unacked = this.takeUnacked(0, true);
    for (const consumer of consumers) consumer.queue.removeConsumer(consumer);
    requeueAll(unacked, "failed");
  }
}

/** What a client hears that has no consumer to be cancelled, or would not understand it. */
function lateError(id: number, timeoutMs: number): AmqpError {
  return new AmqpError(
    "PRECONDITION_FAILED",
    `delivery acknowledgement on channel ${id} timed out. Timeout value used: ${timeoutMs} ms. ` +
      "This timeout value can be configured, see consumers doc guide to learn more",
  );
}

/** Requeues deliveries. Each queue gets its own at once, so that it delivers only when all of them are in place. */
export function requeueAll(unacked: readonly Delivery[], why: ReturnReason): void {
  const byQueue = new Map<Queue, Entry[]>();
  for (const { queue, entry } of unacked) {
    const entries = byQueue.get(queue);
    if (entries) entries.push(entry);
    else byQueue.set(queue, [entry]);
  }
  for (const [queue, entries] of byQueue) queue.requeue(entries, why);
}
