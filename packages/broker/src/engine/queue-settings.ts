/**
 * How a queue was declared: its flags, and the x-arguments, checked.
 *
 * 1. An argument that RabbitMQ knows is either kept to or refused with PRECONDITION_FAILED; none is silently misread.
 * 2. Declaring again must name the same settings; a difference is an error that names the argument.
 */
import { AmqpError } from "../wire/errors.ts";
import type { Field, Table } from "../wire/values.ts";

/** Who owns an exclusive queue: a connection, compared by identity. */
export type Owner = object;

export interface QueueSettings {
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly owner: Owner | undefined;
  readonly args: Table;
  /** x-message-ttl, milliseconds; Infinity for none. */
  readonly ttlMs: number;
  /** x-expires, milliseconds; Infinity for none. */
  readonly expiresMs: number;
  readonly lengthMax: number;
  readonly bytesMax: number;
  readonly overflow: "drop-head" | "reject-publish" | "reject-publish-dlx";
  readonly deadLetterExchange: string | undefined;
  readonly deadLetterRoutingKey: string | undefined;
  readonly priorityMax: number;
  readonly isSingleActive: boolean;
  readonly isQuorum: boolean;
  readonly deliveryLimit: number;
}

const INTEGERS = "bBsuIil";

/** The names RabbitMQ gives to field types in its texts. */
const TYPE_NAMES: Readonly<Record<Field["type"], string>> = {
  S: "longstr",
  x: "binary",
  b: "byte",
  B: "unsignedbyte",
  s: "short",
  u: "unsignedshort",
  I: "signedint",
  i: "unsignedint",
  l: "long",
  T: "timestamp",
  t: "bool",
  f: "float",
  d: "double",
  D: "decimal",
  A: "array",
  F: "table",
  V: "void",
};

type Check = (field: Field) => string | undefined;

const isInteger: Check = (field) =>
  INTEGERS.includes(field.type) ? undefined : `{unacceptable_type,${TYPE_NAMES[field.type]}}`;
const isNotNegative: Check = (field) =>
  isInteger(field) ?? (Number(field.value) < 0 ? `{value_negative,${field.value}}` : undefined);
const isTtl: Check = (field) =>
  isNotNegative(field) ??
  (Number(field.value) > 315_360_000_000 ? `{value_too_big,${field.value}}` : undefined);
const isExpiry: Check = (field) => isTtl(field) ?? (Number(field.value) === 0 ? "{value_zero,0}" : undefined);
const isString: Check = (field) =>
  field.type === "S" ? undefined : `{unacceptable_type,${TYPE_NAMES[field.type]}}`;
const isBoolean: Check = (field) =>
  field.type === "t" ? undefined : `{unacceptable_type,${TYPE_NAMES[field.type]}}`;
const isOneOf =
  (...words: string[]): Check =>
  (field) =>
    isString(field) ?? (words.includes(String(field.value)) ? undefined : "invalid");

const CHECKS: Readonly<Record<string, Check>> = {
  "x-expires": isExpiry,
  "x-message-ttl": isTtl,
  "x-dead-letter-exchange": isString,
  "x-dead-letter-routing-key": isString,
  "x-max-length": isNotNegative,
  "x-max-length-bytes": isNotNegative,
  "x-max-priority": isNotNegative,
  "x-overflow": isOneOf("drop-head", "reject-publish", "reject-publish-dlx"),
  "x-queue-mode": isOneOf("default", "lazy"),
  "x-single-active-consumer": isBoolean,
  "x-queue-type": isOneOf("classic", "quorum"),
  "x-delivery-limit": isNotNegative,
};

export function describeQueue(name: string): string {
  return `queue '${name}' in vhost '/'`;
}

/** Checks the arguments and reads the settings; throws PRECONDITION_FAILED that names argument and queue. */
export function settingsOf(
  name: string,
  flags: { durable: boolean; autoDelete: boolean; owner: Owner | undefined },
  args: Table,
): QueueSettings {
  for (const [key, check] of Object.entries(CHECKS)) {
    const field = args.get(key);
    const complaint = field && check(field);
    if (complaint)
      throw new AmqpError(
        "PRECONDITION_FAILED",
        `invalid arg '${key}' for ${describeQueue(name)}: ${complaint}`,
      );
  }
  const text = (key: string): string | undefined => {
    const field = args.get(key);
    return field?.type === "S" ? field.value : undefined;
  };
  const number = (key: string, otherwise: number): number => {
    const field = args.get(key);
    return field ? Number(field.value) : otherwise;
  };
  const never = Number.POSITIVE_INFINITY;
  return {
    ...flags,
    args,
    ttlMs: number("x-message-ttl", never),
    expiresMs: number("x-expires", never),
    lengthMax: number("x-max-length", never),
    bytesMax: number("x-max-length-bytes", never),
    overflow: (text("x-overflow") ?? "drop-head") as QueueSettings["overflow"],
    deadLetterExchange: text("x-dead-letter-exchange"),
    deadLetterRoutingKey: text("x-dead-letter-routing-key"),
    priorityMax: number("x-max-priority", 0),
    isSingleActive: args.get("x-single-active-consumer")?.value === true,
    isQuorum: text("x-queue-type") === "quorum",
    deliveryLimit: number("x-delivery-limit", never),
  };
}

/** Throws PRECONDITION_FAILED when a flag differs from how the entity was declared first. */
export function assertSameFlag(
  flag: string,
  entity: string,
  received: boolean | string,
  current: boolean | string,
): void {
  if (received === current) return;
  throw new AmqpError(
    "PRECONDITION_FAILED",
    `inequivalent arg '${flag}' for ${entity}: received '${received}' but current is '${current}'`,
  );
}

/** Throws PRECONDITION_FAILED when one of `keys` differs between two sets of arguments. Widths of integers do not count. */
export function assertSameArgs(
  entity: string,
  received: Table,
  current: Table,
  keys: readonly string[],
): void {
  for (const key of keys) {
    const [now, before] = [received.get(key), current.get(key)];
    if (classOf(now) === classOf(before) && String(now?.value) === String(before?.value)) continue;
    throw new AmqpError(
      "PRECONDITION_FAILED",
      `inequivalent arg '${key}' for ${entity}: received ${describe(now)} but current is ${describe(before)}`,
    );
  }
}

export const queueArgKeys: readonly string[] = Object.keys(CHECKS);

function classOf(field: Field | undefined): string | undefined {
  return field && (INTEGERS.includes(field.type) ? "integer" : field.type);
}

function describe(field: Field | undefined): string {
  return field ? `the value '${field.value}' of type '${TYPE_NAMES[field.type]}'` : "none";
}
