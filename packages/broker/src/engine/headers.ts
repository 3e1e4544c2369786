/**
 * Headers exchanges: a binding's arguments against a message's headers.
 *
 * `x-match` says whether all or any must match (all when it is missing); other arguments that start with "x-" count only
 * with all-with-x and any-with-x. An argument without a value (void) matches whatever the header holds.
 */
import { AmqpError } from "../wire/errors.ts";
import type { Field, Table } from "../wire/values.ts";
import { isInteger, TYPE_NAMES } from "./queue-arguments.ts";

const WAYS = ["all", "any", "all-with-x", "any-with-x"];

export function matchesHeaders(args: Table, headers: Table | undefined): boolean {
  const how = args.get("x-match")?.value ?? "all";
  const withX = how === "all-with-x" || how === "any-with-x";
  const wanted = [...args].filter(([key]) => key !== "x-match" && (withX || !key.startsWith("x-")));
  const fits = ([key, field]: [string, Field]) => isSame(field, headers?.get(key));
  return how === "any" || how === "any-with-x" ? wanted.some(fits) : wanted.every(fits);
}

function isSame(wanted: Field, found: Field | undefined): boolean {
  if (!found) return false;
  if (wanted.type === "V") return true;
  const isNumber = isInteger(wanted) === undefined && isInteger(found) === undefined;
  return (isNumber || wanted.type === found.type) && String(wanted.value) === String(found.value);
}

/** Throws PRECONDITION_FAILED for an x-match that is none. */
export function checkHeadersBinding(args: Table): void {
  const how = args.get("x-match");
  if (!how) return;
  if (how.type !== "S") {
    const text = `Invalid x-match field type ${TYPE_NAMES[how.type]} (value ${how.value}); expected longstr`;
    throw new AmqpError("PRECONDITION_FAILED", text);
  }
  if (WAYS.includes(how.value)) return;
  const text = `Invalid x-match field value <<"${how.value}">>; expected all, any, all-with-x, or any-with-x`;
  throw new AmqpError("PRECONDITION_FAILED", text);
}
