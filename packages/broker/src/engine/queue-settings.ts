/**
 * The settings of a queue: its flags and its x-arguments, read once when it is declared.
 *
 * Settings never change. A bound that no argument sets is Infinity.
 */
import { AmqpError } from "../wire/errors.ts";
import type { Table } from "../wire/field.ts";
import type { Message } from "./message.ts";
import { checkQueueArgs } from "./queue-arguments.ts";

/** The owner of an exclusive queue: a connection, compared by identity. */
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
  /** How often a delivery of a quorum queue may fail; Infinity for ever. */
  readonly deliveryLimit: number;
  /** x-consumer-timeout, milliseconds; undefined: the broker's own. */
  readonly consumerTimeoutMs: number | undefined;
}

/** RabbitMQ's limit for a quorum queue that names none, since 4.0. */
const DELIVERY_LIMIT = 20;

/** The name that error texts give to a queue. */
export function describeQueue(name: string): string {
  return `queue '${name}' in vhost '/'`;
}

/** Checks the arguments and reads the settings; throws PRECONDITION_FAILED. */
export function settingsOf(
  name: string,
  flags: { durable: boolean; autoDelete: boolean; owner: Owner | undefined },
  args: Table,
): QueueSettings {
  checkQueueArgs(describeQueue(name), args);
  if (args.get("x-queue-type")?.value === "quorum") checkQuorumFlags(name, flags);
  const text = (key: string): string | undefined => {
    const field = args.get(key);
    return field?.type === "S" ? field.value : undefined;
  };
  const number = (key: string, otherwise: number): number => {
    const field = args.get(key);
    return field ? Number(field.value) : otherwise;
  };
  const limit = number("x-delivery-limit", DELIVERY_LIMIT);
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
    deliveryLimit: limit >= 0 ? limit : never,
    consumerTimeoutMs: args.has("x-consumer-timeout") ? number("x-consumer-timeout", never) : undefined,
  };
}

/** RabbitMQ replicates quorum queues on disk, so they must be durable. The same rules hold here, in memory. */
function checkQuorumFlags(
  name: string,
  flags: { durable: boolean; autoDelete: boolean; owner: Owner | undefined },
): void {
  const wrong = flags.autoDelete
    ? "auto-delete"
    : flags.owner !== undefined
      ? "exclusive-owner"
      : flags.durable
        ? undefined
        : "non-durable";
  if (wrong)
    throw new AmqpError("PRECONDITION_FAILED", `invalid property '${wrong}' for ${describeQueue(name)}`);
}

/** Throws RESOURCE_LOCKED for another connection's exclusive queue. */
export function assertAccess(name: string, { owner }: QueueSettings, connection: Owner): void {
  if (owner !== undefined && owner !== connection) throw lockedError(name);
}

export function lockedError(name: string): AmqpError {
  return new AmqpError(
    "RESOURCE_LOCKED",
    `cannot obtain exclusive access to locked ${describeQueue(name)}. It could be originally declared on another ` +
      "connection or the exclusive property value does not match that of the original declaration.",
  );
}

/** The priority of a message that names none, in a quorum queue. */
const QUORUM_PRIORITY = 4;
const QUORUM_PRIORITY_MAX = 31;

/** The priority that a message has in a queue with these settings. */
export function priorityOf(
  { properties: { priority } }: Message,
  { isQuorum, priorityMax }: Pick<QueueSettings, "isQuorum" | "priorityMax">,
): number {
  return isQuorum
    ? Math.min(priority ?? QUORUM_PRIORITY, QUORUM_PRIORITY_MAX)
    : Math.min(priority ?? 0, priorityMax);
}
