/** Topology: what we declare on the broker, and how: queues, dead-letter queues, exchanges, locks. */
import type { Channel, ChannelModel } from "amqplib";
import { type AmqpChannelPlan, onTemporaryChannel } from "./amqp-channels.ts";
import { AmqpError } from "./errors.ts";

/** What a queue is. The default is the talk's: a durable classic queue with no arguments at all. */
export interface QueueOptions {
  /** `quorum`: kept on several RabbitMQ nodes. A broker that has none (RabbitMQ before 3.8) gets a classic queue. */
  readonly type?: "classic" | "quorum";
  /** Quorum only: how often a job may come back unacked before the broker dead-letters it. Default 1000. */
  readonly deliveryLimit?: number;
  /** True: what the broker gives up on goes to the queue `NAME_dead`. Default: true for quorum, false for classic. */
  readonly deadLetter?: boolean;
}

/**
 * Far away, and always said: RabbitMQ 4 takes 20 when nothing is said, and 3.10 no limit. A deploy and a cut connection count
 * like a crash here, so a limit that a busy day can reach takes healthy jobs.
 */
const DELIVERY_LIMIT = 1000;

/** Dead letters have no further place to go: a reader that ends before its ack must not be able to use them up. */
const DEAD_LETTER_LIMIT = 1_000_000;

/**
 * The name of the queue for dead letters of `queue`: malformed messages, and those over the delivery limit.
 *
 * @example
 * deadLetterQueue("v1_jobs"); // => "v1_jobs_dead"
 */
export function deadLetterQueue(queue: string): string {
  return `${queue}_dead`;
}

/** Is there a dead-letter queue besides this one? */
export function hasDeadLetterQueue({
  type = "classic",
  deadLetter = type === "quorum",
}: QueueOptions): boolean {
  return deadLetter;
}

/**
 * Declares a durable queue. Declaring it again with the same options does nothing. Its dead-letter queue is declared
 * after it: the broker looks for that one only when it has a message for it, and the main queue is what is needed.
 */
export async function declareQueue(
  amqpChannel: Channel,
  queue: string,
  options: QueueOptions,
): Promise<void> {
  const { deliveryLimit = DELIVERY_LIMIT } = options;
  await amqpChannel.assertQueue(queue, {
    durable: true,
    ...(isQuorum(amqpChannel, options) && {
      arguments: { "x-queue-type": "quorum", "x-delivery-limit": deliveryLimit },
    }),
    ...(hasDeadLetterQueue(options) && {
      deadLetterExchange: "",
      deadLetterRoutingKey: deadLetterQueue(queue),
    }),
  });
}

/** Declares the dead-letter queue of `queue`: of the same type, since a classic one is gone while its one broker is down. */
export async function declareDeadLetterQueue(
  amqpChannel: Channel,
  queue: string,
  options: QueueOptions,
): Promise<void> {
  await amqpChannel.assertQueue(deadLetterQueue(queue), {
    durable: true,
    ...(isQuorum(amqpChannel, options) && {
      arguments: { "x-queue-type": "quorum", "x-delivery-limit": DEAD_LETTER_LIMIT },
    }),
  });
}

/** Is it a quorum queue on this broker? */
export function isQuorum({ connection }: Channel, { type }: QueueOptions): boolean {
  return type === "quorum" && hasQuorumQueues({ ...connection.serverProperties });
}

/** RabbitMQ has had them since 3.8, and older ones are not connected to. The embedded broker has them, too, in memory. */
function hasQuorumQueues({ product }: Readonly<Record<string, unknown>>): boolean {
  return product === "RabbitMQ" || product === "@shirts/broker";
}

/** Declares a durable fan-out exchange. */
export async function declareFanout(amqpChannel: Channel, exchange: string): Promise<void> {
  await amqpChannel.assertExchange(exchange, "fanout", { durable: true });
}

/** Where work on the topology is done. A connection supervisor is one; it explains its methods. */
interface AmqpChannels {
  withAmqpChannel(what: string, work: (amqpChannel: Channel) => Promise<void>): Promise<void>;
  keepAmqpChannel(what: string, plan: AmqpChannelPlan): Promise<unknown>;
}

/** The fan-out exchanges that we broadcast to. Each is declared once, and again on every connection. */
export class BroadcastExchanges {
  #amqpChannels: AmqpChannels;
  #names = new Set<string>();

  constructor(amqpChannels: AmqpChannels) {
    this.#amqpChannels = amqpChannels;
  }

  /** Declares the exchange if it is not known to be there. Throws AmqpError. */
  async declare(exchange: string): Promise<void> {
    if (this.#names.has(exchange)) return;
    await this.#amqpChannels.withAmqpChannel(`exchange "${exchange}"`, (amqpChannel) =>
      declareFanout(amqpChannel, exchange),
    );
    this.#names.add(exchange);
  }

  /** Declares all of them for a fresh AMQP channel: the broker may have lost its memory, or one exchange. Never rejects. */
  async restore(model: ChannelModel): Promise<void> {
    for (const exchange of this.#names) {
      // Each on an AMQP channel of its own: if one has become another kind of exchange, only its users should hear of it.
      await onTemporaryChannel(model, (amqpChannel) => declareFanout(amqpChannel, exchange)).catch(() =>
        // The next broadcast declares it again, and throws what is wrong.
        this.#names.delete(exchange),
      );
    }
  }
}

/** AMQP's RESOURCE_LOCKED: the queue is another connection's exclusive one. */
const RESOURCE_LOCKED = 405;

/** Names that only one connection has at a time. The broker frees them when that connection ends, however it ends. */
export class Locks {
  #amqpChannels: AmqpChannels;
  /** Names that were ours once. They are locked again on every connection, and it is reported when another one has them. */
  #names = new Set<string>();

  constructor(amqpChannels: AmqpChannels) {
    this.#amqpChannels = amqpChannels;
  }

  /** Resolves with false when another connection has the name now. Throws AmqpError for everything else that goes wrong. */
  async lock(name: string): Promise<boolean> {
    const what = `lock "${name}"`;
    const setUp = async (amqpChannel: Channel): Promise<void> => {
      await amqpChannel.assertQueue(name, { exclusive: true, durable: false });
    };
    try {
      if (this.#names.has(name)) await this.#amqpChannels.withAmqpChannel(what, setUp);
      else
        await this.#amqpChannels.keepAmqpChannel(what, { create: (model) => model.createChannel(), setUp });
      this.#names.add(name);
      return true;
    } catch (error) {
      if (error instanceof AmqpError && error.code === RESOURCE_LOCKED) return false;
      throw error;
    }
  }
}
