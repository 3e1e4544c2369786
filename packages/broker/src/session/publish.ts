/** basic.publish, once the whole message is there. */

import { type Message, withProperties } from "../engine/message.ts";
import { LONGEST_MS } from "../engine/queue-arguments.ts";
import { describeExchange } from "../engine/virtual-host.ts";
import { AmqpError } from "../wire/errors.ts";
import type { Args } from "../wire/methods.ts";
import type { AmqpChannel } from "./amqp-channel.ts";
import { isReplyAddress, REPLY_QUEUE } from "./direct-replies.ts";

/** Checks, routes and confirms a message; what cannot be routed goes back first when it is mandatory. */
export function publish(amqpChannel: AmqpChannel, args: Args<"basic.publish">, message: Message): void {
  if (args.immediate) throw new AmqpError("NOT_IMPLEMENTED", "immediate=true");
  const { host, connection } = amqpChannel;
  connection.notePublish();
  if (host.exchange(args.exchange).settings.internal) {
    throw new AmqpError("ACCESS_REFUSED", `cannot publish to internal ${describeExchange(args.exchange)}`);
  }
  checkProperties(message);
  const addressed = withReplyAddress(amqpChannel, message);
  if (args.exchange === "" && isReplyAddress(args.routingKey)) {
    const reply = connection.broker.directReplies.get(args.routingKey);
    if (reply) reply(addressed);
    else if (args.mandatory) giveBack(amqpChannel, args, addressed);
    amqpChannel.confirm(true);
    return;
  }
  const { queues, isTaken } = host.publish(addressed);
  if (queues === 0 && args.mandatory) giveBack(amqpChannel, args, addressed);
  amqpChannel.confirm(isTaken);
}

function giveBack(amqpChannel: AmqpChannel, args: Args<"basic.publish">, message: Message): void {
  const { exchange, routingKey } = args;
  const returned = { replyCode: 312, replyText: "NO_ROUTE", exchange, routingKey };
  amqpChannel.sendContent("basic.return", returned, message);
}

function checkProperties({ properties }: Message): void {
  const { userId, expiration } = properties;
  if (userId !== undefined && userId !== "guest") {
    throw new AmqpError(
      "PRECONDITION_FAILED",
      `user_id property set to '${userId}' but authenticated user was 'guest'`,
    );
  }
  const complaint = expiration === undefined ? undefined : expirationProblem(expiration);
  if (complaint)
    throw new AmqpError("PRECONDITION_FAILED", `invalid expiration '${expiration}': ${complaint}`);
}

/** What is wrong with a message's expiration, in RabbitMQ's words; undefined when nothing is. */
function expirationProblem(expiration: string): string | undefined {
  const [, digits, rest] = /^([+-]?\d+)?(.*)$/s.exec(expiration) ?? [];
  if (digits === undefined) return "no_integer";
  if (rest) return `{leftover_string,"${rest}"}`;
  if (Number(digits) < 0) return `{value_negative,${Number(digits)}}`;
  return Number(digits) > LONGEST_MS ? `{value_too_large,${Number(digits)}}` : undefined;
}

function withReplyAddress(amqpChannel: AmqpChannel, message: Message): Message {
  if (message.properties.replyTo !== REPLY_QUEUE) return message;
  const { replyAddress } = amqpChannel;
  if (!replyAddress) throw new AmqpError("PRECONDITION_FAILED", "fast reply consumer does not exist");
  return withProperties(message, { ...message.properties, replyTo: replyAddress });
}
