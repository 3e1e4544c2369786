/**
 * A message: what a publisher sent, and how the broker counts the memory it takes.
 *
 * 1. A message never changes; dead-lettering makes a new one. Copies in several queues share one body.
 * 2. `holders` counts the queue entries (waiting or unacked) that still need it; at zero its bytes are free again.
 */
import { AmqpError } from "../wire/errors.ts";
import { decodeProperties, encodeProperties, type Properties } from "../wire/properties.ts";
import type { Field, Table } from "../wire/values.ts";
import { TYPE_NAMES } from "./queue-arguments.ts";

export interface Message {
  readonly exchange: string;
  /** The key it was published with, then the keys of its CC and BCC headers. */
  readonly routingKeys: readonly string[];
  readonly properties: Properties;
  /** The properties as they go on the wire. */
  readonly wireProperties: Buffer;
  readonly body: Buffer;
  holders: number;
}

/** What a message costs beside its bytes: objects and places in lists, roughly. */
const OVERHEAD_BYTES = 512;

export function sizeOf(message: Message): number {
  return message.body.length + message.wireProperties.length + OVERHEAD_BYTES;
}

/** A message as it came in; sender-selected keys (CC, BCC) are added to its routing keys, and BCC is taken out. */
export function messageFrom(
  exchange: string,
  routingKey: string,
  wireProperties: Buffer,
  body: Buffer,
): Message {
  const properties = decodeProperties(wireProperties);
  const headers = properties.headers;
  if (!headers?.has("CC") && !headers?.has("BCC")) {
    return { exchange, routingKeys: [routingKey], properties, wireProperties, body, holders: 0 };
  }
  for (const name of ["CC", "BCC"]) {
    const field = headers.get(name);
    if (!field || field.type === "A") continue;
    const problem = `{unacceptable_type_in_header,"${name}",${TYPE_NAMES[field.type]}}`;
    throw new AmqpError("PRECONDITION_FAILED", `invalid message: ${problem}`);
  }
  const routingKeys = [routingKey, ...keysOf(headers.get("CC")), ...keysOf(headers.get("BCC"))];
  const kept = new Map(headers);
  kept.delete("BCC");
  return withHeaders({ exchange, routingKeys, properties, wireProperties, body, holders: 0 }, kept);
}

/** The same message with other headers. */
export function withHeaders(message: Message, headers: Table): Message {
  return withProperties(message, { ...message.properties, headers });
}

export function withProperties(message: Message, properties: Properties): Message {
  return { ...message, properties, wireProperties: encodeProperties(properties), holders: 0 };
}

/** The strings of a CC or BCC header. */
export function keysOf(field: Field | undefined): string[] {
  if (field?.type !== "A") return [];
  return field.value.flatMap((item) => (item.type === "S" ? [item.value] : []));
}
