/** Generated names for queues and consumers: RabbitMQ's prefix and 22 random characters. */
import { randomBytes } from "node:crypto";

export function generatedName(prefix: "amq.gen" | "amq.ctag" | "amq.rabbitmq.reply-to"): string {
  const separator = prefix === "amq.rabbitmq.reply-to" ? "." : "-";
  return `${prefix}${separator}${randomBytes(16).toString("base64url")}`;
}
