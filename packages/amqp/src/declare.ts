/** Queues: how they are declared. */
import type { Channel } from "amqplib";
import type { Link } from "./link.ts";

/** What a queue is. The default is the talk's: a durable classic queue with no arguments at all. */
export interface QueueOptions {
  /** `quorum`: kept on several RabbitMQ nodes. A broker that has none (RabbitMQ before 3.8, the embedded one) gets a classic queue. */
  readonly type?: "classic" | "quorum";
  /** Quorum only: how often a job may come back unacked before it is put aside. Default 20, as in RabbitMQ 4. */
  readonly deliveryLimit?: number;
  /** What the broker gives up on goes to the queue `NAME_dead`. Default: true for quorum, false for classic. */
  readonly deadLetter?: boolean;
}

const DELIVERY_LIMIT = 20;

/** The queue for messages of `queue` that nobody can use: malformed ones, and those over the delivery limit. */
export function deadQueue(queue: string): string {
  return `${queue}_dead`;
}

/** Is there a dead-letter queue besides this one? */
export function hasDeadQueue({ type = "classic", deadLetter = type === "quorum" }: QueueOptions): boolean {
  return deadLetter;
}

/**
 * Declares a durable queue. Declaring it again with the same options does nothing. Its dead-letter queue is declared
 * after it: the broker looks for that one only when it has a message for it, and the main queue is what is needed.
 */
export async function assertQueue(
  amqpChannel: Channel,
  link: Link,
  queue: string,
  options: QueueOptions,
): Promise<void> {
  const { deliveryLimit = DELIVERY_LIMIT } = options;
  await amqpChannel.assertQueue(queue, {
    durable: true,
    ...(isQuorum(link, options) && {
      arguments: { "x-queue-type": "quorum", "x-delivery-limit": deliveryLimit },
    }),
    ...(hasDeadQueue(options) && { deadLetterExchange: "", deadLetterRoutingKey: deadQueue(queue) }),
  });
}

/** Declares the dead-letter queue of `queue`: of the same type, since a classic one is gone while its one broker is down. */
export async function assertDeadQueue(
  amqpChannel: Channel,
  link: Link,
  queue: string,
  options: QueueOptions,
): Promise<void> {
  await amqpChannel.assertQueue(deadQueue(queue), {
    durable: true,
    ...(isQuorum(link, options) && { arguments: { "x-queue-type": "quorum" } }),
  });
}

function isQuorum(link: Link, { type }: QueueOptions): boolean {
  return type === "quorum" && hasQuorumQueues(link.serverProperties);
}

function hasQuorumQueues({ product, version }: Readonly<Record<string, unknown>>): boolean {
  const [major = 0, minor = 0] = String(version).split(".").map(Number);
  return product === "RabbitMQ" && (major > 3 || (major === 3 && minor >= 8));
}
