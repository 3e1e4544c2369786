/** Bad input is refused before a statement is sent, so that no transaction is lost to it. */
import { FenceError } from "./errors.ts";

/** Throws FenceError, unless this is a text that PostgreSQL can keep. */
export function checkKey(key: unknown): asserts key is string {
  if (typeof key !== "string" || key === "" || key.includes("\0"))
    throw new FenceError(`a key is a text with at least one letter, and this is ${show(key)}`);
}

/** Throws FenceError, unless this may be a number that accept answered. */
export function checkRevision(revision: unknown): asserts revision is number {
  if (!Number.isSafeInteger(revision) || Number(revision) < 1)
    throw new FenceError(
      `a revision is a whole number that accept answered, and this is ${show(revision)}. In a table of your own its type is bigint, and pg reads a bigint as a string: Number(it)`,
    );
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** PostgreSQL cuts longer names off without a word, and two names may become one. */
const NAME_BYTES_MAX = 63;

/** A name as SQL takes it: whatever stands in it, it stays one name. Throws FenceError. */
export function quoted(name: string): string {
  const bytes = new TextEncoder().encode(name).length;
  if (bytes === 0 || bytes > NAME_BYTES_MAX || name.includes("\0"))
    throw new FenceError(
      `a name in PostgreSQL has 1 to ${NAME_BYTES_MAX} bytes and no zero byte, and this has ${bytes}: ${show(name)}`,
    );
  const inside = name.replaceAll('"', '""');
  return `"${inside}"`;
}
