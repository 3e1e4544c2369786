/** The handler of each method that a client may send on an AMQP channel. */
import { AmqpError } from "../wire/errors.ts";
import type { Frame } from "../wire/frames.ts";
import type { Args, Method, MethodName } from "../wire/methods.ts";
import type { AmqpChannel } from "./amqp-channel.ts";
import { basicHandlers } from "./basic-handlers.ts";
import { publish } from "./publish.ts";
import { topologyHandlers } from "./topology-handlers.ts";

export type Handlers = { readonly [N in MethodName]?: (amqpChannel: AmqpChannel, args: Args<N>) => void };

const amqpChannelHandlers: Handlers = {
  "channel.open": () => {
    throw new AmqpError("CHANNEL_ERROR", "second 'channel.open' seen");
  },
  "channel.flow": (amqpChannel, { active }) => {
    if (!active) throw new AmqpError("NOT_IMPLEMENTED", "active=false");
    amqpChannel.send("channel.flow-ok", { active });
  },
  "confirm.select": (amqpChannel, { noWait }) => {
    amqpChannel.startConfirming();
    if (!noWait) amqpChannel.send("confirm.select-ok", {});
  },
  "tx.select": () => refuseTransactions(),
  "tx.commit": () => refuseTransactions(),
  "tx.rollback": () => refuseTransactions(),
};

function refuseTransactions(): never {
  throw new AmqpError("NOT_IMPLEMENTED", "transactions: use publisher confirms instead");
}

const handlers: Handlers = { ...amqpChannelHandlers, ...topologyHandlers, ...basicHandlers };

/** Handles one method of a client; throws AmqpError. */
export function handleMethod(amqpChannel: AmqpChannel, method: Method): void {
  if (method.name === "basic.publish") {
    amqpChannel.assembly.begin(method.args);
    return;
  }
  const handle = handlers[method.name] as ((amqpChannel: AmqpChannel, args: unknown) => void) | undefined;
  if (!handle) throw new AmqpError("COMMAND_INVALID", "unimplemented method");
  handle(amqpChannel, method.args);
}

/** Handles a header or body frame, and publishes the message once it is whole. */
export function handleContent(amqpChannel: AmqpChannel, frame: Frame): void {
  const published = amqpChannel.assembly.add(frame);
  if (published) publish(amqpChannel, published.args, published.message);
}
