/**
 * A model of the broker: one durable queue of jobs and one fan-out exchange of cancels.
 *
 * Invariants:
 * 1. A consumer never holds more unacked jobs than its prefetch.
 * 2. A job is in exactly one place: ready, unacked at one consumer, dead-lettered, or gone: acked, or with a deleted queue.
 * 3. Jobs wait in the order in which they were published; a job that comes back takes its old place, marked as redelivered.
 * 4. Round robin: the next job goes to the next consumer that has room, counted from the last one that got a job.
 */
import type { Cancel, Command } from "@shirts/story";

export interface Message {
  /** c1, c2, ...; a copy has a prime. */
  readonly id: string;
  readonly command: Command;
  redelivered: boolean;
  readonly place: number;
  /** How often it was delivered. */
  times: number;
}

export interface Delivery {
  /** c1.1 is the first delivery of c1. */
  readonly id: string;
  readonly tag: number;
  readonly message: Message;
  readonly redelivered: boolean;
  /** How often the worker called `ack`. */
  acks: number;
}

export interface Consumer {
  /** The name of its connection. */
  readonly name: string;
  readonly prefetch: number;
  deliver(delivery: Delivery): void;
  /** The broker has cancelled it: its queue is gone. */
  cancelled(): void;
}

/** A node's own cancel queue: exclusive, without acks, gone with its connection. */
export interface CancelQueue {
  put(cancel: Cancel, id: string): void;
}

interface Subscription {
  readonly consumer: Consumer;
  readonly unacked: Map<number, Delivery>;
  /** It gets no more jobs, and may still ack. */
  isStopped: boolean;
}

export class Broker {
  readonly deliveries: Delivery[] = [];
  /** False at the end of a story: the nodes finish their jobs and get no more. */
  isDelivering = true;
  /** True when a job that comes back has come back too often: the queue dead-letters it. */
  isAtLimit = false;
  /** False from the moment in which somebody deletes the queue, until a node or a president declares it again. */
  hasQueue = true;
  readonly deadLetters: Message[] = [];
  private readonly ready: Message[] = [];
  private readonly subscriptions: Subscription[] = [];
  private readonly exchange = new Set<CancelQueue>();
  /** The subscription that comes first when the next job is delivered. */
  private next = 0;
  private published = 0;

  /** False when there is no queue: the message is returned to its publisher. */
  publish(id: string, command: Command): boolean {
    if (!this.hasQueue) return false;
    this.published++;
    this.ready.push({ id, command, redelivered: false, place: this.published, times: 0 });
    this.deliver();
    return true;
  }

  /** Declares the queue, and takes jobs from it. */
  consume(consumer: Consumer): void {
    this.hasQueue = true;
    this.subscriptions.push({ consumer, unacked: new Map(), isStopped: false });
    this.deliver();
  }

  /** No more jobs for this consumer. Those that it has are its own until it acks them, gives them back, or leaves. */
  stop(consumer: Consumer): void {
    const subscription = this.find(consumer);
    if (subscription) subscription.isStopped = true;
  }

  /** Deletes the queue with everything in it. Returns its consumers: each is told that it has been cancelled. */
  deleteQueue(): Consumer[] {
    this.hasQueue = false;
    this.ready.length = 0;
    this.next = 0;
    return this.subscriptions.splice(0).map(({ consumer }) => consumer);
  }

  /** The consumer's connection is gone: what it did not ack goes back to the queue. */
  leave(consumer: Consumer): void {
    const index = this.subscriptions.findIndex((one) => one.consumer === consumer);
    const subscription = this.subscriptions[index];
    if (!subscription) return;
    this.subscriptions.splice(index, 1);
    if (index < this.next) this.next--;
    for (const { message } of subscription.unacked.values()) this.putBack(message);
    this.deliver();
  }

  ack(consumer: Consumer, tag: number): void {
    if (this.find(consumer)?.unacked.delete(tag)) this.deliver();
  }

  giveBack(consumer: Consumer, { tag, message }: Delivery): void {
    if (!this.find(consumer)?.unacked.delete(tag)) return;
    this.putBack(message);
    this.deliver();
  }

  deadLetter(consumer: Consumer, { tag, message }: Delivery): void {
    if (!this.find(consumer)?.unacked.delete(tag)) return;
    this.deadLetters.push(message);
    this.deliver();
  }

  bind(queue: CancelQueue): void {
    this.exchange.add(queue);
  }

  unbind(queue: CancelQueue): void {
    this.exchange.delete(queue);
  }

  /** `id` names the cancel: n1!2 is the second one of n1. */
  fanOut(cancel: Cancel, id: string): void {
    for (const queue of this.exchange) queue.put(cancel, id);
  }

  /** The jobs that are not acked. */
  get open(): readonly Message[] {
    return [
      ...this.ready,
      ...this.subscriptions.flatMap(({ unacked }) => [...unacked.values()].map((d) => d.message)),
    ];
  }

  /** Everything that can make a difference to the rest of the story, as text. */
  key(): string {
    let key = `${this.next}:`;
    for (const { id, redelivered } of this.ready) key += `${id}${redelivered ? "r" : ""},`;
    for (const { consumer, unacked } of this.subscriptions) {
      key += `|${consumer.name}:`;
      for (const { message, redelivered } of unacked.values())
        key += `${message.id}${redelivered ? "r" : ""},`;
    }
    return key;
  }

  private find(consumer: Consumer): Subscription | undefined {
    return this.subscriptions.find((one) => one.consumer === consumer);
  }

  private putBack(message: Message): void {
    if (this.isAtLimit) {
      this.deadLetters.push(message);
      return;
    }
    message.redelivered = true;
    const at = this.ready.findIndex(({ place }) => place > message.place);
    this.ready.splice(at < 0 ? this.ready.length : at, 0, message);
  }

  private deliver(): void {
    if (!this.isDelivering) return;
    for (let to = this.withRoom(); this.ready[0] && to; to = this.withRoom()) {
      const message = this.ready.shift() as Message;
      message.times++;
      const delivery: Delivery = {
        id: `${message.id}.${message.times}`,
        tag: this.deliveries.length + 1,
        message,
        redelivered: message.redelivered,
        acks: 0,
      };
      this.deliveries.push(delivery);
      to.unacked.set(delivery.tag, delivery);
      to.consumer.deliver(delivery);
    }
  }

  /** The next subscription with room. When a job is ready for it, the one after it comes first the next time. */
  private withRoom(): Subscription | undefined {
    const { subscriptions } = this;
    for (let i = 0; i < subscriptions.length; i++) {
      const index = (this.next + i) % subscriptions.length;
      const subscription = subscriptions[index] as Subscription;
      if (subscription.isStopped || subscription.unacked.size >= subscription.consumer.prefetch) continue;
      if (this.ready.length > 0) this.next = (index + 1) % subscriptions.length;
      return subscription;
    }
    return undefined;
  }
}
