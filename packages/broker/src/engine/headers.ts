/**
 * Headers exchanges: a binding's arguments against a message's headers.
 *
 * `x-match` says whether all or any must match (all when it is missing); other arguments that start with "x-" count only
 * with all-with-x and any-with-x. An argument without a value (void) matches whatever the header holds.
 */
import type { Field, Table } from "../wire/values.ts";

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
  return String(wanted.value) === String(found.value) && typeof wanted.value !== "object";
}
