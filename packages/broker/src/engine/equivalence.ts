/**
 * Declaring again: the second declaration of a queue or an exchange must be equivalent to the first.
 *
 * The first difference is an error that names the flag or the argument, what was received and what is current. Flags are
 * compared in RabbitMQ's order, and arguments after the flags.
 */
import { AmqpError } from "../wire/errors.ts";
import { type Field, isInteger, longstr, type Table, TYPE_NAMES } from "../wire/field.ts";
import { describeExchange, type ExchangeSettings } from "./exchange.ts";
import { queueArgKeys } from "./queue-arguments.ts";
import {
  assertAccess,
  describeQueue,
  lockedError,
  type Owner,
  type QueueSettings,
} from "./queue-settings.ts";

/** Flags of queue.declare. */
export interface QueueFlags {
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
}

/** Throws PRECONDITION_FAILED for a difference, and RESOURCE_LOCKED when only one of the two is exclusive. */
export function assertSameQueue(
  name: string,
  flags: QueueFlags,
  args: Table,
  connection: Owner,
  current: QueueSettings,
): void {
  const entity = describeQueue(name);
  assertAccess(name, current, connection);
  assertSame("durable", entity, flags.durable && !flags.exclusive, current.durable);
  assertSame("auto_delete", entity, flags.autoDelete, current.autoDelete);
  if (flags.exclusive !== (current.owner !== undefined)) throw lockedError(name);
  assertSameArgs(entity, args, current.args, queueArgKeys);
}

/** Throws PRECONDITION_FAILED for a difference. */
export function assertSameExchange(
  name: string,
  received: ExchangeSettings,
  current: ExchangeSettings,
): void {
  const entity = describeExchange(name);
  assertSame("type", entity, received.type, current.type);
  assertSame("durable", entity, received.durable, current.durable);
  assertSame("auto_delete", entity, received.autoDelete, current.autoDelete);
  assertSame("internal", entity, received.internal, current.internal);
  assertSameArgs(entity, received.args, current.args, ["alternate-exchange"]);
}

function assertSame(
  what: string,
  entity: string,
  received: boolean | string,
  current: boolean | string,
): void {
  if (received === current) return;
  throw new AmqpError(
    "PRECONDITION_FAILED",
    `inequivalent arg '${what}' for ${entity}: received '${received}' but current is '${current}'`,
  );
}

/** Compares the arguments named `keys`. The widths of integers do not count. */
function assertSameArgs(entity: string, received: Table, current: Table, keys: readonly string[]): void {
  for (const key of keys) {
    const [now, before] = [fieldOf(received, key), fieldOf(current, key)];
    if (classOf(now) === classOf(before) && String(now?.value) === String(before?.value)) continue;
    if (now && before) assertSame(key, entity, String(now.value), String(before.value));
    throw new AmqpError(
      "PRECONDITION_FAILED",
      `inequivalent arg '${key}' for ${entity}: received ${describe(now)} but current is ${describe(before)}`,
    );
  }
}

/** A queue that names no type is classic. */
function fieldOf(args: Table, key: string): Field | undefined {
  return args.get(key) ?? (key === "x-queue-type" ? longstr("classic") : undefined);
}

function classOf(field: Field | undefined): string | undefined {
  return field && (isInteger(field) ? "integer" : field.type);
}

function describe(field: Field | undefined): string {
  return field ? `the value '${field.value}' of type '${TYPE_NAMES[field.type]}'` : "none";
}
