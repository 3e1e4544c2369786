/**
 * A message, and the memory it takes.
 *
 * 1. A message never changes; dead-lettering makes a new one. All queues that hold a message share it.
 * 2. `holders` counts the queue entries, ready or unacked, that need the message. At zero its bytes are free again.
 */
import { AmqpError } from "../wire/errors.ts";
import { type Field, type Table, TYPE_NAMES } from "../wire/field.ts";
import { decodeProperties, encodeProperties, type Properties } from "../wire/properties.ts";

/** That a message was dead-lettered in one queue for one reason. */
export interface Death {
  readonly queue: string;
  readonly reason: string;
  readonly count: number;
  /** When it happened first, in seconds since 1970. */
  readonly atSeconds: number;
  readonly exchange: string;
  readonly routingKeys: readonly string[];
  /** The expiration that the message had. */
  readonly expiration: string | undefined;
}

export interface Message {
  readonly exchange: string;
  /** The key it was published with, then the keys of its CC and BCC headers. */
  readonly routingKeys: readonly string[];
  /** The keys of its BCC header, which no consumer may learn. */
  readonly hiddenKeys?: readonly string[];
  /** The history of a dead letter, newest first. */
  readonly deaths?: readonly Death[];
  readonly firstDeath?: Death;
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

/**
 * Makes a message of what was published. Sender-selected keys (CC, BCC) become routing keys, and BCC is taken out. Headers
 * are sorted by name, as RabbitMQ 4 delivers them.
 */
export function messageFrom(
  exchange: string,
  routingKey: string,
  wireProperties: Buffer,
  body: Buffer,
): Message {
  const properties = decodeProperties(wireProperties);
  const headers = properties.headers;
  const plain = { exchange, routingKeys: [routingKey], properties, wireProperties, body, holders: 0 };
  if (!headers) return plain;
  if (!headers.has("CC") && !headers.has("BCC")) {
    return isSorted(headers) ? plain : withProperties(plain, { ...properties, headers: sorted(headers) });
  }
  for (const name of ["CC", "BCC"]) {
    const field = headers.get(name);
    if (!field || field.type === "A") continue;
    const problem = `{unacceptable_type_in_header,"${name}",${TYPE_NAMES[field.type]}}`;
    throw new AmqpError("PRECONDITION_FAILED", `invalid message: ${problem}`);
  }
  const hiddenKeys = keysOf(headers.get("BCC"));
  const routingKeys = [routingKey, ...keysOf(headers.get("CC")), ...hiddenKeys];
  const kept = new Map(headers);
  kept.delete("BCC");
  return withProperties({ ...plain, routingKeys, hiddenKeys }, { ...properties, headers: sorted(kept) });
}

/** The headers in order of their names. */
export function sorted(headers: Table): Table {
  return new Map([...headers].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isSorted(headers: Table): boolean {
  let before = "";
  for (const name of headers.keys()) {
    if (name < before) return false;
    before = name;
  }
  return true;
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
function keysOf(field: Field | undefined): string[] {
  if (field?.type !== "A") return [];
  return field.value.flatMap((item) => (item.type === "S" ? [item.value] : []));
}
