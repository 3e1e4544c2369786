/**
 * A model of the broker: one durable queue of jobs and one fan-out exchange of cancels.
 *
 * Invariants:
 * 1. A consumer never holds more unacked jobs than its prefetch.
 * 2. A job is in exactly one place: ready, unacked at one consumer, or acked. (RabbitMQ keeps it until the ack.)
 * 3. Jobs wait in the order in which they were published; a job that comes back takes its old place, marked as redelivered.
 * 4. Round robin: the next job goes to the next consumer with room, counted from the one served last.
 */
import type { Cancel, Command } from "@shirts/story";

export interface Message {
  /** c1, c2, ...; a copy has a prime. */
  readonly id: string;
  readonly command: Command;
  redelivered: boolean;
  readonly place: number;
  /** How often it was handed out. */
  times: number;
}

/** One handing-out of a job. */
export interface Delivery {
  /** c1.1 is the first handing-out of c1. */
  readonly id: string;
  readonly tag: number;
  readonly message: Message;
  readonly redelivered: boolean;
  state: "out" | "acked" | "returned";
  /** How often the worker called `ack`. */
  acks: number;
}

export interface Consumer {
  /** Whose connection it is. */
  readonly name: string;
  readonly prefetch: number;
  deliver(delivery: Delivery): void;
}

/** A node's own cancel queue: exclusive, auto-ack, gone with its connection. */
export interface CancelQueue {
  put(cancel: Cancel, id: string): void;
}

interface Seat {
  readonly consumer: Consumer;
  readonly unacked: Map<number, Delivery>;
}

export class Broker {
  readonly deliveries: Delivery[] = [];
  /** False at the end of a story: nodes finish what they have and get no more. */
  isHandingOut = true;
  private readonly ready: Message[] = [];
  private seats: Seat[] = [];
  private readonly exchange = new Set<CancelQueue>();
  /** The seat after the one served last. */
  private turn = 0;
  private published = 0;

  publish(id: string, command: Command): void {
    this.published++;
    this.ready.push({ id, command, redelivered: false, place: this.published, times: 0 });
    this.handOut();
  }

  consume(consumer: Consumer): void {
    this.seats.push({ consumer, unacked: new Map() });
    this.handOut();
  }

  /** The consumer's connection is gone: what it did not ack goes back to the queue. */
  leave(consumer: Consumer): void {
    const index = this.seats.findIndex((seat) => seat.consumer === consumer);
    const seat = this.seats[index];
    if (!seat) return;
    this.seats.splice(index, 1);
    if (index < this.turn) this.turn--;
    for (const delivery of seat.unacked.values()) {
      delivery.state = "returned";
      this.putBack(delivery.message);
    }
    this.handOut();
  }

  ack(consumer: Consumer, tag: number): void {
    const seat = this.seats.find((one) => one.consumer === consumer);
    const delivery = seat?.unacked.get(tag);
    if (!seat || !delivery) return;
    delivery.state = "acked";
    seat.unacked.delete(tag);
    this.handOut();
  }

  bind(queue: CancelQueue): void {
    this.exchange.add(queue);
  }

  unbind(queue: CancelQueue): void {
    this.exchange.delete(queue);
  }

  /** `id` names the cancel: who sent it, and his how many-th it is. */
  fanOut(cancel: Cancel, id: string): void {
    for (const queue of this.exchange) queue.put(cancel, id);
  }

  /** Jobs that nobody has acked. */
  get open(): readonly Message[] {
    return [
      ...this.ready,
      ...this.seats.flatMap(({ unacked }) => [...unacked.values()].map((d) => d.message)),
    ];
  }

  /** Everything that can make a difference to the rest of the story, as text. */
  key(): string {
    let key = `${this.turn}:`;
    for (const { id, redelivered } of this.ready) key += `${id}${redelivered ? "r" : ""},`;
    for (const { consumer, unacked } of this.seats) {
      key += `|${consumer.name}:`;
      for (const { message, redelivered } of unacked.values())
        key += `${message.id}${redelivered ? "r" : ""},`;
    }
    return key;
  }

  private putBack(message: Message): void {
    message.redelivered = true;
    const at = this.ready.findIndex(({ place }) => place > message.place);
    this.ready.splice(at < 0 ? this.ready.length : at, 0, message);
  }

  private handOut(): void {
    if (!this.isHandingOut) return;
    for (let seat = this.seatWithRoom(); this.ready[0] && seat; seat = this.seatWithRoom()) {
      const message = this.ready.shift() as Message;
      message.times++;
      const delivery: Delivery = {
        id: `${message.id}.${message.times}`,
        tag: this.deliveries.length + 1,
        message,
        redelivered: message.redelivered,
        state: "out",
        acks: 0,
      };
      this.deliveries.push(delivery);
      seat.unacked.set(delivery.tag, delivery);
      seat.consumer.deliver(delivery);
    }
  }

  private seatWithRoom(): Seat | undefined {
    for (let i = 0; i < this.seats.length; i++) {
      const index = (this.turn + i) % this.seats.length;
      const seat = this.seats[index] as Seat;
      if (seat.unacked.size >= seat.consumer.prefetch) continue;
      if (this.ready.length > 0) this.turn = (index + 1) % this.seats.length;
      return seat;
    }
    return undefined;
  }
}
