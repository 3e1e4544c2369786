/**
 * The x-arguments of queues: which ones exist, and what they may hold.
 *
 * A value that RabbitMQ refuses is refused here too, with PRECONDITION_FAILED and the same text.
 */
import { AmqpError } from "../wire/errors.ts";
import { type Field, isInteger, type Table, TYPE_NAMES } from "../wire/field.ts";

/** Ten years in milliseconds, RabbitMQ's longest time. */
export const LONGEST_MS = 315_360_000_000;

/** Names what is wrong with a value in RabbitMQ's words; undefined when nothing is. */
type Check = (field: Field) => string | undefined;

export const mustBeInteger: Check = (field) =>
  isInteger(field) ? undefined : `"expected integer, got ${TYPE_NAMES[field.type]}"`;
const mustNotBeNegative: Check = (field) =>
  mustBeInteger(field) ?? (Number(field.value) < 0 ? `{value_negative,${field.value}}` : undefined);
const mustBeTime: Check = (field) =>
  mustNotBeNegative(field) ??
  (Number(field.value) > LONGEST_MS ? `{value_too_large,${field.value}}` : undefined);
const mustBeExpiry: Check = (field) =>
  mustBeTime(field) ?? (Number(field.value) === 0 ? "{value_zero,0}" : undefined);
const mustBePriority: Check = (field) =>
  mustNotBeNegative(field) ?? (Number(field.value) > 255 ? `{max_value_exceeded,${field.value}}` : undefined);
const mustBeType =
  (type: Field["type"]): Check =>
  (field) =>
    field.type === type ? undefined : `{unacceptable_type,${TYPE_NAMES[field.type]}}`;
const mustBeText = mustBeType("S");
const mustBeBool = mustBeType("t");
const mustBeOneOf =
  (words: readonly unknown[], problem: (value: unknown) => string): Check =>
  (field) =>
    mustBeText(field) ?? (words.includes(field.value) ? undefined : problem(field.value));
const mustBeVersion: Check = (field) =>
  mustBeInteger(field) ??
  (Number(field.value) === 2 ? undefined : `"unsupported queue version '${field.value}'"`);

const CLASSIC_ONLY: Readonly<Record<string, Check>> = {
  "x-max-priority": mustBePriority,
  // RabbitMQ 4 has no modes any more, and does not look at the word.
  "x-queue-mode": () => undefined,
  "x-queue-version": mustBeVersion,
};
const QUORUM_ONLY: Readonly<Record<string, Check>> = {
  // RabbitMQ does not look at its type.
  "x-delivery-limit": () => undefined,
  "x-consumer-timeout": mustNotBeNegative,
};
const CHECKS: Readonly<Record<string, Check>> = {
  "x-queue-type": mustBeOneOf(["classic", "quorum"], (value) => `"unsupported queue type '${value}'"`),
  "x-expires": mustBeExpiry,
  "x-message-ttl": mustBeTime,
  "x-dead-letter-routing-key": mustBeText,
  "x-max-length": mustNotBeNegative,
  "x-max-length-bytes": mustNotBeNegative,
  "x-overflow": mustBeOneOf(["drop-head", "reject-publish", "reject-publish-dlx"], () => "invalid_overflow"),
  "x-single-active-consumer": mustBeBool,
  ...CLASSIC_ONLY,
  ...QUORUM_ONLY,
};

/** The arguments that must be the same when a queue is declared again. RabbitMQ does not compare the version. */
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
    const problem = field && check(field);
    if (problem) refuse(`invalid arg '${key}' for ${entity}: ${problem}`);
  }
  if (args.has("x-dead-letter-routing-key") && !args.has("x-dead-letter-exchange")) {
    refuse(`invalid arg 'x-dead-letter-routing-key' for ${entity}: routing_key_but_no_dlx_defined`);
  }
  const type = args.get("x-queue-type")?.value === "quorum" ? "quorum" : "classic";
  const wrong = Object.keys(type === "quorum" ? CLASSIC_ONLY : QUORUM_ONLY).find((key) => args.has(key));
  if (wrong) throw wrongType(entity, wrong, type);
}

/** The refusal of an argument that this type of queue does not have. */
function wrongType(entity: string, key: string, type: "classic" | "quorum"): AmqpError {
  return new AmqpError(
    "PRECONDITION_FAILED",
    `invalid arg '${key}' for ${entity} of queue type rabbit_${type}_queue`,
  );
}

/** The milliseconds that a consumer's own x-consumer-timeout allows, if it has one; throws PRECONDITION_FAILED. */
export function consumerTimeoutOf(entity: string, args: Table, isQuorum: boolean): number | undefined {
  const field = args.get("x-consumer-timeout");
  if (!field) return undefined;
  if (!isQuorum) throw wrongType(entity, "x-consumer-timeout", "classic");
  const problem = mustNotBeNegative(field);
  if (problem)
    throw new AmqpError("PRECONDITION_FAILED", `invalid arg 'x-consumer-timeout' for ${entity}: ${problem}`);
  return Number(field.value);
}

/** Throws PRECONDITION_FAILED when an argument that names an exchange is not text. */
export function assertTextArg(args: Table, key: string, entity: string): void {
  const field = args.get(key);
  if (!field || field.type === "S") return;
  const text = `invalid type '${TYPE_NAMES[field.type]}' for arg '${key}' in ${entity}`;
  throw new AmqpError("PRECONDITION_FAILED", text);
}
