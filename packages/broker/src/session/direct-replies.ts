/**
 * Direct reply-to: an answer goes straight to the AMQP channel that asked, without a queue.
 *
 * Who consumes from the pseudo-queue gets an address of its own; publishing with reply-to set to the pseudo-queue's name
 * replaces it by that address, and a message sent there (default exchange) is delivered at once or not at all.
 */
import type { Message } from "../engine/message.ts";

export const REPLY_QUEUE = "amq.rabbitmq.reply-to";

export type DirectReplies = Map<string, (message: Message) => void>;

export function isReplyAddress(name: string): boolean {
  return name.startsWith(`${REPLY_QUEUE}.`);
}
