/**
 * A dead letter and its history: one death per queue and reason, newest first.
 *
 * 1. The same queue and reason again raises the death's count and moves it to the front.
 * 2. The history belongs to the message, and the headers only show it. As in RabbitMQ 4, headers with these names that a
 *    client has published do not count, and are overwritten.
 * 3. A message that comes back to a queue without a reject on its way is dropped: it would go round for ever.
 * 4. The message's expiration moves into the history, so that the message does not expire in the next queue too.
 */
import { type Field, longstr, type Table } from "../wire/field.ts";
import { type Death, type Message, sorted, withProperties } from "./message.ts";
import type { DeathReason, Queue } from "./queue.ts";

/** The message that is published to the dead-letter exchange. */
export function deadLetterOf(
  message: Message,
  queue: Queue,
  reason: DeathReason,
  atSeconds: number,
): Message {
  const { deadLetterExchange = "", deadLetterRoutingKey } = queue.settings;
  const { expiration, headers: before, ...rest } = message.properties;
  const history = message.deaths ?? [];
  const known = history.find((death) => death.queue === queue.name && death.reason === reason);
  const death = known ? { ...known, count: known.count + 1 } : newDeath(message, queue, reason, atSeconds);
  const deaths = [death, ...history.filter((other) => other !== known)];
  // The first death keeps its place at the end of the history only until it happens again.
  const first = message.firstDeath ?? death;
  const headers = new Map(before);
  headers.set("x-death", { type: "A", value: deaths.map((each) => ({ type: "F", value: tableOf(each) })) });
  setNames(headers, "first", first.queue, first.reason, first.exchange);
  setNames(headers, "last", queue.name, reason, message.exchange);
  return {
    ...withProperties(message, { ...rest, headers: sorted(headers) }),
    exchange: deadLetterExchange,
    routingKeys: deadLetterRoutingKey === undefined ? message.routingKeys : [deadLetterRoutingKey],
    deaths,
    firstDeath: first,
  };
}

function setNames(
  headers: Map<string, Field>,
  which: "first" | "last",
  queue: string,
  reason: string,
  exchange: string,
): void {
  headers.set(`x-${which}-death-queue`, longstr(queue));
  headers.set(`x-${which}-death-reason`, longstr(reason));
  headers.set(`x-${which}-death-exchange`, longstr(exchange));
}

function newDeath(message: Message, queue: Queue, reason: DeathReason, atSeconds: number): Death {
  return {
    queue: queue.name,
    reason,
    count: 1,
    atSeconds,
    exchange: message.exchange,
    routingKeys: message.routingKeys.filter((key) => !message.hiddenKeys?.includes(key)),
    expiration: message.properties.expiration,
  };
}

/** An entry of x-death, its fields in RabbitMQ's order. */
function tableOf(death: Death): Table {
  const fields = new Map<string, Field>();
  if (death.expiration !== undefined) fields.set("original-expiration", longstr(death.expiration));
  return fields
    .set("count", { type: "l", value: BigInt(death.count) })
    .set("reason", longstr(death.reason))
    .set("queue", longstr(death.queue))
    .set("time", { type: "T", value: BigInt(death.atSeconds) })
    .set("exchange", longstr(death.exchange))
    .set("routing-keys", { type: "A", value: death.routingKeys.map(longstr) });
}

/** Whether the message was dead-lettered in this queue before, and was not rejected since. */
export function isCycle({ deaths = [] }: Message, queueName: string): boolean {
  const last = deaths.findIndex((death) => death.queue === queueName);
  return last >= 0 && deaths.slice(0, last + 1).every((death) => death.reason !== "rejected");
}
