/**
 * The table of methods: every method of AMQP 0-9-1 (and RabbitMQ's extensions) with its numbers and fields.
 *
 * 1. Only the table knows the layout of a method: encoding, decoding and the types are derived from it.
 * 2. Neighbouring bits share a byte (see Reader and Writer).
 *
 *     method payload:  | class: 2 bytes | method: 2 bytes | fields in the order of the table |
 */
import { AmqpError, bytesText } from "./errors.ts";
import type { Table } from "./field.ts";
import { Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

interface Values {
  octet: number;
  short: number;
  long: number;
  longlong: number;
  bit: boolean;
  shortstr: string;
  longstr: string;
  table: Table;
}
export type Kind = keyof Values;
type Layout = readonly [classId: number, methodId: number, fields: Readonly<Record<string, Kind>>];

const closing = { replyCode: "short", replyText: "shortstr", classId: "short", methodId: "short" } as const;
const tuning = { channelMax: "short", frameMax: "long", heartbeat: "short" } as const;
const binding = {
  reserved: "short",
  destination: "shortstr",
  source: "shortstr",
  routingKey: "shortstr",
  noWait: "bit",
  args: "table",
} as const;

const METHODS = {
  "connection.start": [
    10,
    10,
    { major: "octet", minor: "octet", serverProperties: "table", mechanisms: "longstr", locales: "longstr" },
  ],
  "connection.start-ok": [
    10,
    11,
    { clientProperties: "table", mechanism: "shortstr", response: "longstr", locale: "shortstr" },
  ],
  "connection.secure": [10, 20, { challenge: "longstr" }],
  "connection.secure-ok": [10, 21, { response: "longstr" }],
  "connection.tune": [10, 30, tuning],
  "connection.tune-ok": [10, 31, tuning],
  "connection.open": [10, 40, { virtualHost: "shortstr", reserved1: "shortstr", reserved2: "bit" }],
  "connection.open-ok": [10, 41, { reserved: "shortstr" }],
  "connection.close": [10, 50, closing],
  "connection.close-ok": [10, 51, {}],
  "connection.blocked": [10, 60, { reason: "shortstr" }],
  "connection.unblocked": [10, 61, {}],
  "connection.update-secret": [10, 70, { newSecret: "longstr", reason: "shortstr" }],
  "connection.update-secret-ok": [10, 71, {}],
  "channel.open": [20, 10, { reserved: "shortstr" }],
  "channel.open-ok": [20, 11, { reserved: "longstr" }],
  "channel.flow": [20, 20, { active: "bit" }],
  "channel.flow-ok": [20, 21, { active: "bit" }],
  "channel.close": [20, 40, closing],
  "channel.close-ok": [20, 41, {}],
  "exchange.declare": [
    40,
    10,
    {
      reserved: "short",
      exchange: "shortstr",
      type: "shortstr",
      passive: "bit",
      durable: "bit",
      autoDelete: "bit",
      internal: "bit",
      noWait: "bit",
      args: "table",
    },
  ],
  "exchange.declare-ok": [40, 11, {}],
  "exchange.delete": [40, 20, { reserved: "short", exchange: "shortstr", ifUnused: "bit", noWait: "bit" }],
  "exchange.delete-ok": [40, 21, {}],
  "exchange.bind": [40, 30, binding],
  "exchange.bind-ok": [40, 31, {}],
  "exchange.unbind": [40, 40, binding],
  "exchange.unbind-ok": [40, 51, {}],
  "queue.declare": [
    50,
    10,
    {
      reserved: "short",
      queue: "shortstr",
      passive: "bit",
      durable: "bit",
      exclusive: "bit",
      autoDelete: "bit",
      noWait: "bit",
      args: "table",
    },
  ],
  "queue.declare-ok": [50, 11, { queue: "shortstr", messageCount: "long", consumerCount: "long" }],
  "queue.bind": [
    50,
    20,
    {
      reserved: "short",
      queue: "shortstr",
      exchange: "shortstr",
      routingKey: "shortstr",
      noWait: "bit",
      args: "table",
    },
  ],
  "queue.bind-ok": [50, 21, {}],
  "queue.unbind": [
    50,
    50,
    { reserved: "short", queue: "shortstr", exchange: "shortstr", routingKey: "shortstr", args: "table" },
  ],
  "queue.unbind-ok": [50, 51, {}],
  "queue.purge": [50, 30, { reserved: "short", queue: "shortstr", noWait: "bit" }],
  "queue.purge-ok": [50, 31, { messageCount: "long" }],
  "queue.delete": [
    50,
    40,
    { reserved: "short", queue: "shortstr", ifUnused: "bit", ifEmpty: "bit", noWait: "bit" },
  ],
  "queue.delete-ok": [50, 41, { messageCount: "long" }],
  "basic.qos": [60, 10, { prefetchSize: "long", prefetchCount: "short", global: "bit" }],
  "basic.qos-ok": [60, 11, {}],
  "basic.consume": [
    60,
    20,
    {
      reserved: "short",
      queue: "shortstr",
      consumerTag: "shortstr",
      noLocal: "bit",
      noAck: "bit",
      exclusive: "bit",
      noWait: "bit",
      args: "table",
    },
  ],
  "basic.consume-ok": [60, 21, { consumerTag: "shortstr" }],
  "basic.cancel": [60, 30, { consumerTag: "shortstr", noWait: "bit" }],
  "basic.cancel-ok": [60, 31, { consumerTag: "shortstr" }],
  "basic.publish": [
    60,
    40,
    { reserved: "short", exchange: "shortstr", routingKey: "shortstr", mandatory: "bit", immediate: "bit" },
  ],
  "basic.return": [
    60,
    50,
    { replyCode: "short", replyText: "shortstr", exchange: "shortstr", routingKey: "shortstr" },
  ],
  "basic.deliver": [
    60,
    60,
    {
      consumerTag: "shortstr",
      deliveryTag: "longlong",
      redelivered: "bit",
      exchange: "shortstr",
      routingKey: "shortstr",
    },
  ],
  "basic.get": [60, 70, { reserved: "short", queue: "shortstr", noAck: "bit" }],
  "basic.get-ok": [
    60,
    71,
    {
      deliveryTag: "longlong",
      redelivered: "bit",
      exchange: "shortstr",
      routingKey: "shortstr",
      messageCount: "long",
    },
  ],
  "basic.get-empty": [60, 72, { reserved: "shortstr" }],
  "basic.ack": [60, 80, { deliveryTag: "longlong", multiple: "bit" }],
  "basic.reject": [60, 90, { deliveryTag: "longlong", requeue: "bit" }],
  "basic.recover-async": [60, 100, { requeue: "bit" }],
  "basic.recover": [60, 110, { requeue: "bit" }],
  "basic.recover-ok": [60, 111, {}],
  "basic.nack": [60, 120, { deliveryTag: "longlong", multiple: "bit", requeue: "bit" }],
  "confirm.select": [85, 10, { noWait: "bit" }],
  "confirm.select-ok": [85, 11, {}],
  "tx.select": [90, 10, {}],
  "tx.select-ok": [90, 11, {}],
  "tx.commit": [90, 20, {}],
  "tx.commit-ok": [90, 21, {}],
  "tx.rollback": [90, 30, {}],
  "tx.rollback-ok": [90, 31, {}],
} as const satisfies Record<string, Layout>;

type Methods = typeof METHODS;
export type MethodName = keyof Methods;
/** The fields of one method, by name. */
export type Args<N extends MethodName> = {
  -readonly [F in keyof Methods[N][2]]: Methods[N][2][F] extends Kind ? Values[Methods[N][2][F]] : never;
};
/** A decoded method. Its name tells the type of the arguments. */
export type Method = { [N in MethodName]: { readonly name: N; readonly args: Args<N> } }[MethodName];

const layouts = new Map<number, { name: MethodName; fields: [string, Kind][] }>();
for (const [name, [classId, methodId, fields]] of Object.entries(METHODS)) {
  layouts.set(classId * 65_536 + methodId, {
    name: name as MethodName,
    fields: Object.entries(fields) as [string, Kind][],
  });
}

/** The class and method numbers, as a close method reports them. */
export function idsOf(name: MethodName): readonly [classId: number, methodId: number] {
  return [METHODS[name][0], METHODS[name][1]];
}

/** The name of the method in a method frame's payload; undefined for one that is not in the table. */
export function methodNameOf(payload: Buffer): MethodName | undefined {
  const reader = new Reader(payload);
  return layouts.get(reader.short() * 65_536 + reader.short())?.name;
}

/** Decodes a method frame's payload; throws FRAME_ERROR, or COMMAND_INVALID for a method that is not in the table. */
export function decodeMethod(payload: Buffer): Method {
  const reader = new Reader(payload);
  const id = reader.short() * 65_536 + reader.short();
  const layout = layouts.get(id);
  if (!layout) throw new AmqpError("COMMAND_INVALID", `unknown method ${id >>> 16}.${id & 0xffff}`);
  const args: Record<string, unknown> = {};
  try {
    for (const [field, kind] of layout.fields) args[field] = reader[kind]();
  } catch {
    throw new AmqpError("FRAME_ERROR", `cannot decode ${bytesText(payload.subarray(4))}`);
  }
  return { name: layout.name, args } as Method;
}

/** Encodes a method frame's payload. A field that is left out is zero, empty or false. */
export function encodeMethod<N extends MethodName>(writer: Writer, name: N, args: Partial<Args<N>>): void {
  const [classId, methodId] = METHODS[name];
  writer.short(classId);
  writer.short(methodId);
  const values = args as Readonly<Record<string, unknown>>;
  for (const [field, kind] of layouts.get(classId * 65_536 + methodId)?.fields ?? []) {
    writeValue(writer, kind, values[field]);
  }
}

const NO_TABLE: Table = new Map();

function writeValue(writer: Writer, kind: Kind, value: unknown): void {
  switch (kind) {
    case "bit":
      writer.bit(value === true);
      break;
    case "shortstr":
    case "longstr":
      writer[kind]((value as string | undefined) ?? "");
      break;
    case "table":
      writer.table((value as Table | undefined) ?? NO_TABLE);
      break;
    default:
      writer[kind]((value as number | undefined) ?? 0);
      break;
  }
}

/** Every method of the table with the kinds of its fields. */
export function methodTable(): readonly {
  readonly name: MethodName;
  readonly fields: readonly (readonly [string, Kind])[];
}[] {
  return [...layouts.values()];
}
