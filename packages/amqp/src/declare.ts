/** Queues: how they are declared. */
import type { Channel, Options } from "amqplib";
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

/** Declares a durable queue, and its dead-letter queue if it has one. Declaring it again with the same options does nothing. */
export async function assertQueue(
  amqpChannel: Channel,
  link: Link,
  queue: string,
  options: QueueOptions = {},
): Promise<void> {
  const wanted = toDeclaration(queue, options, hasQuorumQueues(link.serverProperties));
  if (wanted.deadLetterRoutingKey !== undefined)
    await amqpChannel.assertQueue(deadQueue(queue), { durable: true });
  await amqpChannel.assertQueue(queue, wanted);
}

function toDeclaration(queue: string, options: QueueOptions, hasQuorum: boolean): Options.AssertQueue {
  const { type = "classic", deliveryLimit = DELIVERY_LIMIT, deadLetter = type === "quorum" } = options;
  return {
    durable: true,
    ...(type === "quorum" &&
      hasQuorum && { arguments: { "x-queue-type": "quorum", "x-delivery-limit": deliveryLimit } }),
    ...(deadLetter && { deadLetterExchange: "", deadLetterRoutingKey: deadQueue(queue) }),
  };
}

function hasQuorumQueues({ product, version }: Readonly<Record<string, unknown>>): boolean {
  const [major = 0, minor = 0] = String(version).split(".").map(Number);
  return product === "RabbitMQ" && (major > 3 || (major === 3 && minor >= 8));
}
