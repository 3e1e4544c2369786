/** One consumer of an AMQP channel, with its prefetch and the number of its unacked deliveries. */
import type { Consumer } from "../engine/consumers.ts";
import type { Queue } from "../engine/queue.ts";
import type { Entry } from "../engine/ready-list.ts";
import type { AmqpChannel } from "./amqp-channel.ts";

export class SessionConsumer implements Consumer {
  readonly tag: string;
  readonly priority: number;
  readonly queue: Queue;
  readonly noAck: boolean;
  unacked = 0;
  readonly #prefetch: number;
  readonly #amqpChannel: AmqpChannel;

  constructor(
    amqpChannel: AmqpChannel,
    queue: Queue,
    settings: { tag: string; noAck: boolean; priority: number; prefetch: number },
  ) {
    this.#amqpChannel = amqpChannel;
    this.queue = queue;
    this.tag = settings.tag;
    this.noAck = settings.noAck;
    this.priority = settings.priority;
    this.#prefetch = settings.prefetch;
  }

  hasRoom(): boolean {
    if (!this.#amqpChannel.canSend) return false;
    if (this.noAck) return true;
    return this.#prefetch === 0 || this.unacked < this.#prefetch;
  }

  deliver(entry: Entry): void {
    this.#amqpChannel.deliver(this, entry);
  }

  cancelled(): void {
    this.#amqpChannel.consumerCancelled(this);
  }
}
