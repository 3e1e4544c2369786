/**
 * A message, and the memory it takes.
 *
 * 1. A message never changes; dead-lettering makes a new one. All queues that hold a message share it.
 * 2. `holders` counts the queue entries, ready or unacked, that need the message. At zero its bytes are free again.
 */
import { AmqpError } from "../wire/errors.ts";
import { type Field, TYPE_NAMES } from "../wire/field.ts";
import { decodeProperties, encodeProperties, type Properties } from "../wire/properties.ts";

export interface Message {
  readonly exchange: string;
  /** The key it was published with, then the keys of its CC and BCC headers. */
  readonly routingKeys: readonly string[];
  readonly properties: Properties;
  /** The properties as bytes. */
  readonly wireProperties: Buffer;
  readonly body: Buffer;
  holders: number;
}

/** A rough estimate of the objects around a message and its places in lists. */
const OVERHEAD_BYTES = 512;

export function sizeOf(message: Message): number {
  return message.body.length + message.wireProperties.length + OVERHEAD_BYTES;
}

/** Makes a message of what was published. Sender-selected keys (CC, BCC) become routing keys, and BCC is taken out. */
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
  const message = { exchange, routingKeys, properties, wireProperties, body, holders: 0 };
  return withProperties(message, { ...properties, headers: kept });
}

/** A copy of the message with other properties. */
export function withProperties(message: Message, properties: Properties): Message {
  return { ...message, properties, wireProperties: encodeProperties(properties), holders: 0 };
}

/** The routing key that a delivery names. */
export function routingKeyOf(message: Message): string {
  return message.routingKeys[0] ?? "";
}

/** The strings of a CC or BCC header. */
export function keysOf(field: Field | undefined): string[] {
  if (field?.type !== "A") return [];
  return field.value.flatMap((item) => (item.type === "S" ? [item.value] : []));
}
