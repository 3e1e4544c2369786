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
  /** Its own x-consumer-timeout, in milliseconds. */
  readonly timeoutMs: number | undefined;
  unacked = 0;
  /** True once a delivery of it was not acked in time: it is cancelled then. */
  isLate = false;
  readonly #prefetch: number;
  readonly #amqpChannel: AmqpChannel;

  constructor(
    amqpChannel: AmqpChannel,
    queue: Queue,
    settings: {
      tag: string;
      noAck: boolean;
      priority: number;
      prefetch: number;
      timeoutMs: number | undefined;
    },
  ) {
    this.#amqpChannel = amqpChannel;
    this.queue = queue;
    this.tag = settings.tag;
    this.noAck = settings.noAck;
    this.priority = settings.priority;
    this.timeoutMs = settings.timeoutMs;
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
