/** Generated names for queues and consumers: RabbitMQ's prefix and 22 random characters. */
import { randomBytes } from "node:crypto";

export function generatedName(prefix: "amq.gen" | "amq.ctag"): string {
  return `${prefix}-${unguessable()}`;
}

/** An address for direct replies. Like RabbitMQ's it has two parts. */
export function generatedAddress(): string {
  return `amq.rabbitmq.reply-to.${unguessable()}.${unguessable()}`;
}

function unguessable(): string {
  return randomBytes(16).toString("base64url");
}
