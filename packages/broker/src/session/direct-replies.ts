/**
 * Direct reply-to: a reply goes straight to the AMQP channel of the request, without a queue.
 *
 * 1. A consumer of the pseudo-queue gets an address of its own. In the requests of its AMQP channel the broker replaces
 *    the pseudo-queue's name in reply-to by that address.
 * 2. A message to that address (default exchange) is delivered at once or not at all.
 */
import type { Message } from "../engine/message.ts";

export const REPLY_QUEUE = "amq.rabbitmq.reply-to";

export type DirectReplies = Map<string, (message: Message) => void>;

/** Whether an address has both of its parts. A message to it counts as routed, also when its consumer is gone. */
export function isWholeAddress(name: string): boolean {
  return /^amq\.rabbitmq\.reply-to\.[^.]+\.[^.]+$/.test(name);
}

export function isReplyAddress(name: string): boolean {
  return name.startsWith(`${REPLY_QUEUE}.`);
}
