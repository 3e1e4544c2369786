/**
 * The x-arguments of queues: which there are, what they may hold, and when two declarations say the same.
 *
 * 1. An argument that RabbitMQ knows is either kept to or refused with PRECONDITION_FAILED; none is silently misread.
 * 2. Declaring again must name the same settings; a difference is an error that names the argument.
 */
import { AmqpError } from "../wire/errors.ts";
import type { Field, Table } from "../wire/values.ts";

const INTEGERS = "bBsuIil";
/** Ten years in milliseconds, RabbitMQ's longest time. */
export const LONGEST_MS = 315_360_000_000;

/** The names RabbitMQ gives to field types in its texts. */
export const TYPE_NAMES: Readonly<Record<Field["type"], string>> = {
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

/** What is wrong with a value; undefined when nothing is. */
type Check = (field: Field) => string | undefined;

export const isInteger: Check = (field) =>
  INTEGERS.includes(field.type) ? undefined : `"expected integer, got ${TYPE_NAMES[field.type]}"`;
const isNotNegative: Check = (field) =>
  isInteger(field) ?? (Number(field.value) < 0 ? `{value_negative,${field.value}}` : undefined);
const isTime: Check = (field) =>
  isNotNegative(field) ?? (Number(field.value) > LONGEST_MS ? `{value_too_large,${field.value}}` : undefined);
const isExpiry: Check = (field) =>
  isTime(field) ?? (Number(field.value) === 0 ? "{value_zero,0}" : undefined);
const isPriority: Check = (field) =>
  isNotNegative(field) ?? (Number(field.value) > 255 ? `{max_value_exceeded,${field.value}}` : undefined);
const isText: Check = (field) =>
  field.type === "S" ? undefined : `{unacceptable_type,${TYPE_NAMES[field.type]}}`;
const isFlag: Check = (field) =>
  field.type === "t" ? undefined : `{unacceptable_type,${TYPE_NAMES[field.type]}}`;
const isOneOf =
  (words: readonly unknown[], complaint: (value: unknown) => string): Check =>
  (field) =>
    isText(field) ?? (words.includes(field.value) ? undefined : complaint(field.value));
const isVersion: Check = (field) =>
  isInteger(field) ??
  ([1, 2].includes(Number(field.value)) ? undefined : `"unsupported queue version '${field.value}'"`);

const CLASSIC_ONLY: Readonly<Record<string, Check>> = {
  "x-max-priority": isPriority,
  "x-queue-mode": isOneOf(["default", "lazy"], (value) => `"unsupported queue mode '${value}'"`),
  "x-queue-version": isVersion,
};
const QUORUM_ONLY: Readonly<Record<string, Check>> = { "x-delivery-limit": isInteger };
const CHECKS: Readonly<Record<string, Check>> = {
  "x-queue-type": isOneOf(["classic", "quorum"], (value) => `"unsupported queue type '${value}'"`),
  "x-expires": isExpiry,
  "x-message-ttl": isTime,
  "x-dead-letter-routing-key": isText,
  "x-max-length": isNotNegative,
  "x-max-length-bytes": isNotNegative,
  "x-overflow": isOneOf(["drop-head", "reject-publish", "reject-publish-dlx"], () => "invalid_overflow"),
  "x-single-active-consumer": isFlag,
  ...CLASSIC_ONLY,
  ...QUORUM_ONLY,
};

/** The arguments that must be the same when a queue is declared again. */
export const queueArgKeys: readonly string[] = ["x-dead-letter-exchange", ...Object.keys(CHECKS)].filter(
  (key) => key !== "x-queue-version",
);

/** Throws PRECONDITION_FAILED for the first argument that is wrong for this queue. */
export function checkQueueArgs(entity: string, args: Table): void {
  const refuse = (text: string): never => {
    throw new AmqpError("PRECONDITION_FAILED", text);
  };
  assertTextArg(args, "x-dead-letter-exchange", entity);
  for (const [key, check] of Object.entries(CHECKS)) {
    const field = args.get(key);
    const complaint = field && check(field);
    if (complaint) refuse(`invalid arg '${key}' for ${entity}: ${complaint}`);
  }
  if (args.has("x-dead-letter-routing-key") && !args.has("x-dead-letter-exchange")) {
    refuse(`invalid arg 'x-dead-letter-routing-key' for ${entity}: routing_key_but_no_dlx_defined`);
  }
  const type = args.get("x-queue-type")?.value === "quorum" ? "quorum" : "classic";
  const wrong = Object.keys(type === "quorum" ? CLASSIC_ONLY : QUORUM_ONLY).find((key) => args.has(key));
  if (wrong) refuse(`invalid arg '${wrong}' for ${entity} of queue type rabbit_${type}_queue`);
}

/** Throws PRECONDITION_FAILED when an argument that names an exchange is no text. */
export function assertTextArg(args: Table, key: string, entity: string): void {
  const field = args.get(key);
  if (!field || field.type === "S") return;
  const text = `invalid type '${TYPE_NAMES[field.type]}' for arg '${key}' in ${entity}`;
  throw new AmqpError("PRECONDITION_FAILED", text);
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
    const [now, before] = [fieldOf(received, key), fieldOf(current, key)];
    if (classOf(now) === classOf(before) && String(now?.value) === String(before?.value)) continue;
    if (now && before) assertSameFlag(key, entity, String(now.value), String(before.value));
    throw new AmqpError(
      "PRECONDITION_FAILED",
      `inequivalent arg '${key}' for ${entity}: received ${describe(now)} but current is ${describe(before)}`,
    );
  }
}

/** A queue that names no type is a classic one. */
function fieldOf(args: Table, key: string): Field | undefined {
  const field = args.get(key);
  return key === "x-queue-type" && field?.value === "classic" ? undefined : field;
}

function classOf(field: Field | undefined): string | undefined {
  return field && (INTEGERS.includes(field.type) ? "integer" : field.type);
}

function describe(field: Field | undefined): string {
  return field ? `the value '${field.value}' of type '${TYPE_NAMES[field.type]}'` : "none";
}
