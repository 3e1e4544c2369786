/**
 * Field tables: values that carry their type with them, as in headers and arguments.
 *
 * 1. A field keeps its type letter. What came in as a 16-bit number goes out as one, and error texts can name the type.
 * 2. Strings are byte strings: one char code per byte ("latin1"). So any bytes, UTF-8 or not, pass through unchanged.
 *
 *     field table:  | size: 4 bytes | key: short string | type: 1 byte | value | key | type | value ...
 */

export type Field =
  | { readonly type: "S" | "x"; readonly value: string }
  | { readonly type: "b" | "B" | "s" | "u" | "I" | "i" | "f" | "d"; readonly value: number }
  | { readonly type: "l" | "T"; readonly value: bigint }
  | { readonly type: "t"; readonly value: boolean }
  | { readonly type: "D"; readonly value: { readonly scale: number; readonly digits: number } }
  | { readonly type: "A"; readonly value: readonly Field[] }
  | { readonly type: "F"; readonly value: Table }
  | { readonly type: "V"; readonly value: undefined };

export type Table = ReadonlyMap<string, Field>;

/** The names of the field types in RabbitMQ's error texts. */
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

const INTEGERS = "bBsuIil";

export function isInteger(field: Field): boolean {
  return INTEGERS.includes(field.type);
}

/** Text in a table. */
export function longstr(value: string): Field {
  return { type: "S", value };
}
