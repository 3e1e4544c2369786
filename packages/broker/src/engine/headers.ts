/**
 * Headers exchanges: compares a binding's arguments with a message's headers.
 *
 * `x-match` tells whether all arguments or any of them must match; all is the default. Other arguments that start with
 * "x-" count only with all-with-x and any-with-x. An argument without a value (void) matches any value of the header.
 */
import { AmqpError } from "../wire/errors.ts";
import { type Field, isInteger, type Table, TYPE_NAMES } from "../wire/field.ts";

const MATCHES = ["all", "any", "all-with-x", "any-with-x"];

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
  const isNumber = isInteger(wanted) && isInteger(found);
  return (isNumber || wanted.type === found.type) && String(wanted.value) === String(found.value);
}

/** Throws PRECONDITION_FAILED for an x-match that does not exist. */
export function checkHeadersBinding(args: Table): void {
  const how = args.get("x-match");
  if (!how) return;
  if (how.type !== "S") {
    const text = `Invalid x-match field type ${TYPE_NAMES[how.type]} (value ${how.value}); expected longstr`;
    throw new AmqpError("PRECONDITION_FAILED", text);
  }
  if (MATCHES.includes(how.value)) return;
  const text = `Invalid x-match field value <<"${how.value}">>; expected all, any, all-with-x, or any-with-x`;
  throw new AmqpError("PRECONDITION_FAILED", text);
}
