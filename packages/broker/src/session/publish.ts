/** basic.publish, once the whole message is there. */
import { describeExchange } from "../engine/exchange.ts";
import { type Message, withProperties } from "../engine/message.ts";
import { LONGEST_MS } from "../engine/queue-arguments.ts";
import { AmqpError } from "../wire/errors.ts";
import type { Args } from "../wire/methods.ts";
import type { AmqpChannel } from "./amqp-channel.ts";
import { isReplyAddress, isWholeAddress, REPLY_QUEUE } from "./direct-replies.ts";

/** Checks, routes and confirms a message. An unroutable one is returned before its confirm if it is mandatory. */
export function publish(amqpChannel: AmqpChannel, args: Args<"basic.publish">, message: Message): void {
  if (args.immediate) throw new AmqpError("NOT_IMPLEMENTED", "immediate=true");
  const { virtualHost, connection } = amqpChannel;
  connection.notePublish();
  if (virtualHost.exchanges.get(args.exchange).settings.internal) {
    throw new AmqpError("ACCESS_REFUSED", `cannot publish to internal ${describeExchange(args.exchange)}`);
  }
  checkProperties(message);
  const addressed = withReplyAddress(amqpChannel, withPlainExpiration(message));
  if (args.exchange === "" && isReplyAddress(args.routingKey)) {
    const reply = connection.broker.directReplies.get(args.routingKey);
    if (reply) reply(addressed);
    else if (args.mandatory && !isWholeAddress(args.routingKey)) returnMessage(amqpChannel, args, addressed);
    amqpChannel.confirm(true);
    return;
  }
  const { queues, isAccepted } = virtualHost.publish(addressed);
  if (queues === 0 && args.mandatory) returnMessage(amqpChannel, args, addressed);
  amqpChannel.confirm(isAccepted);
}

function returnMessage(amqpChannel: AmqpChannel, args: Args<"basic.publish">, message: Message): void {
  const { exchange, routingKey } = args;
  const reason = { replyCode: 312, replyText: "NO_ROUTE", exchange, routingKey };
  amqpChannel.sendContent("basic.return", reason, message);
}

function checkProperties({ properties }: Message): void {
  const { userId, expiration } = properties;
  if (userId !== undefined && userId !== "guest") {
    throw new AmqpError(
      "PRECONDITION_FAILED",
      `user_id property set to '${userId}' but authenticated user was 'guest'`,
    );
  }
  const problem = expiration === undefined ? undefined : expirationProblem(expiration);
  if (problem) throw new AmqpError("PRECONDITION_FAILED", `invalid expiration '${expiration}': ${problem}`);
}

/** Names what is wrong with a message's expiration in RabbitMQ's words; undefined when nothing is. */
function expirationProblem(expiration: string): string | undefined {
  const [, digits, rest] = /^([+-]?\d+)?(.*)$/s.exec(expiration) ?? [];
  if (digits === undefined) return "no_integer";
  if (rest) return `{leftover_string,"${rest}"}`;
  if (Number(digits) < 0) return `{value_negative,${Number(digits)}}`;
  return Number(digits) > LONGEST_MS ? `{value_too_large,${Number(digits)}}` : undefined;
}

/** RabbitMQ 4 reads the expiration as a number, and delivers that number: "+60" becomes "60". */
function withPlainExpiration(message: Message): Message {
  const { expiration } = message.properties;
  if (expiration === undefined || expiration === String(Number(expiration))) return message;
  return withProperties(message, { ...message.properties, expiration: String(Number(expiration)) });
}

function withReplyAddress(amqpChannel: AmqpChannel, message: Message): Message {
  if (message.properties.replyTo !== REPLY_QUEUE) return message;
  const { replyAddress } = amqpChannel;
  if (!replyAddress) throw new AmqpError("PRECONDITION_FAILED", "fast reply consumer does not exist");
  return withProperties(message, { ...message.properties, replyTo: replyAddress });
}
