/** What a client received, as text. */
import type { Field, Table } from "../../src/wire/field.ts";
import type { Method } from "../../src/wire/methods.ts";
import type { Properties } from "../../src/wire/properties.ts";

export interface Received {
  readonly amqpChannel: number;
  readonly method: Method;
  properties?: Properties;
  body?: Buffer;
}

/** `basic.deliver consumerTag=a deliveryTag=1 ... "body"`. Fields that are empty, zero or false are left out. */
export function lineOf({ method, properties, body }: Received): string {
  const parts: string[] = [method.name];
  for (const [key, value] of Object.entries(method.args)) {
    const shown = value instanceof Map ? tableText(value) : String(value);
    if (value !== 0 && value !== "" && value !== false && shown !== "{}") parts.push(`${key}=${shown}`);
  }
  for (const [key, value] of Object.entries(properties ?? {})) {
    parts.push(`${key}=${value instanceof Map ? tableText(value) : String(value)}`);
  }
  if (body) parts.push(body.length > 60 ? `<${body.length} bytes>` : JSON.stringify(body.toString("latin1")));
  return parts.join(" ");
}

/** A table with its types: `{count:l=1 queue:S=work}`. */
function tableText(table: Table): string {
  return `{${[...table].map(([key, field]) => `${key}:${fieldText(field)}`).join(" ")}}`;
}

function fieldText(field: Field): string {
  if (field.type === "F") return tableText(field.value);
  if (field.type === "A") return `[${field.value.map(fieldText).join(" ")}]`;
  return `${field.type}=${field.type === "D" ? JSON.stringify(field.value) : String(field.value)}`;
}

/** The close of an AMQP channel that touched another connection's exclusive queue `q`. */
export function locked(classId: number, methodId: number): string {
  const text =
    "RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration.";
  return `channel.close replyCode=405 replyText=${text} classId=${classId} methodId=${methodId}`;
}
