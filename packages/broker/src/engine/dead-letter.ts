/**
 * A dead letter and its x-death header: a history with one entry per queue and reason, newest first.
 *
 * 1. The same queue and reason again raises the entry's count and moves it to the front.
 * 2. A message that comes back to a queue without a reject on its way is dropped: it would go round for ever.
 * 3. The message's expiration moves into the history, so that the message does not expire in the next queue too.
 */
import { type Field, longstr, type Table } from "../wire/field.ts";
import { keysOf, type Message, withProperties } from "./message.ts";
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
  const headers = new Map(before);
  const history = deathsOf(before);
  const known = history.find((death) => isDeath(death, queue.name, reason));
  const others = history.filter((death) => death !== known);
  const death = new Map(known ?? newDeath(message, queue, reason, atSeconds));
  const count = known ? BigInt(Number(known.get("count")?.value ?? 0) + 1) : 1n;
  death.set("count", { type: "l", value: count });
  // As RabbitMQ does: the first entry is in an order of its own, every later one is sorted.
  const entry = history.length === 0 ? death : sorted(death);
  if (history.length === 0) {
    headers.set("x-first-death-reason", longstr(reason));
    headers.set("x-first-death-queue", longstr(queue.name));
    headers.set("x-first-death-exchange", longstr(message.exchange));
  }
  headers.set("x-death", { type: "A", value: [entry, ...others].map((value) => ({ type: "F", value })) });
  if (deadLetterRoutingKey !== undefined) headers.delete("CC");
  return {
    ...withProperties(message, { ...rest, headers: sorted(headers) }),
    exchange: deadLetterExchange,
    routingKeys: deadLetterRoutingKey === undefined ? message.routingKeys : [deadLetterRoutingKey],
  };
}

function sorted(table: Table): Table {
  return new Map([...table].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function newDeath(message: Message, queue: Queue, reason: DeathReason, atSeconds: number): Table {
  const { expiration, headers } = message.properties;
  const keys = [message.routingKeys[0] ?? "", ...keysOf(headers?.get("CC")), ...keysOf(headers?.get("BCC"))];
  const death = new Map<string, Field>([
    ["count", { type: "l", value: 1n }],
    ["reason", longstr(reason)],
    ["queue", longstr(queue.name)],
    ["time", { type: "T", value: BigInt(atSeconds) }],
    ["exchange", longstr(message.exchange)],
    ["routing-keys", { type: "A", value: keys.map(longstr) }],
  ]);
  if (expiration !== undefined) death.set("original-expiration", longstr(expiration));
  return death;
}

/** Whether the message was dead-lettered in this queue before, and was not rejected since. */
export function isCycle(message: Message, queueName: string): boolean {
  const history = deathsOf(message.properties.headers);
  const last = history.findIndex((death) => death.get("queue")?.value === queueName);
  return last >= 0 && history.slice(0, last + 1).every((death) => death.get("reason")?.value !== "rejected");
}

function deathsOf(headers: Table | undefined): Table[] {
  const field = headers?.get("x-death");
  if (field?.type !== "A") return [];
  return field.value.flatMap((item) => (item.type === "F" ? [item.value] : []));
}

function isDeath(death: Table, queueName: string, reason: DeathReason): boolean {
  return death.get("queue")?.value === queueName && death.get("reason")?.value === reason;
}
