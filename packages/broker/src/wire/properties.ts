/**
 * The properties of a message, in its content header.
 *
 * Only properties whose flag is set are on the wire, in the order of the table, from the highest flag bit down.
 *
 *     header payload:  | class: 2 | weight: 2 | body size: 8 | flags: 2 | values ... |
 */
import { AmqpError } from "./errors.ts";
import type { Table } from "./field.ts";
import { Reader } from "./reader.ts";
import { Writer } from "./writer.ts";

export interface Properties {
  contentType?: string;
  contentEncoding?: string;
  headers?: Table;
  deliveryMode?: number;
  priority?: number;
  correlationId?: string;
  replyTo?: string;
  expiration?: string;
  messageId?: string;
  timestamp?: number;
  type?: string;
  userId?: string;
  appId?: string;
  clusterId?: string;
}

const ORDER = [
  ["contentType", "shortstr"],
  ["contentEncoding", "shortstr"],
  ["headers", "table"],
  ["deliveryMode", "octet"],
  ["priority", "octet"],
  ["correlationId", "shortstr"],
  ["replyTo", "shortstr"],
  ["expiration", "shortstr"],
  ["messageId", "shortstr"],
  ["timestamp", "longlong"],
  ["type", "shortstr"],
  ["userId", "shortstr"],
  ["appId", "shortstr"],
  ["clusterId", "shortstr"],
] as const satisfies readonly (readonly [keyof Properties, string])[];

/** Decodes flags and values: the part of a content header after the body size. Throws FRAME_ERROR. */
export function decodeProperties(bytes: Buffer): Properties {
  const reader = new Reader(bytes);
  const flags = reader.short();
  if (flags & 3) throw new AmqpError("FRAME_ERROR", "unknown property flags");
  const properties: Record<string, unknown> = {};
  ORDER.forEach(([name, kind], index) => {
    if (flags & (0x8000 >> index)) properties[name] = reader[kind]();
  });
  return properties;
}

/** Encodes flags and values. */
export function encodeProperties(properties: Properties): Buffer {
  const writer = new Writer();
  let flags = 0;
  ORDER.forEach(([name], index) => {
    if (properties[name] !== undefined) flags |= 0x8000 >> index;
  });
  writer.short(flags);
  for (const [name, kind] of ORDER) {
    const value = properties[name];
    if (value !== undefined) (writer[kind] as (value: unknown) => void).call(writer, value);
  }
  return writer.take();
}
