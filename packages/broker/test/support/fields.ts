/** Short spellings of fields, for arguments and headers. */
import { type Field, longstr, type Table } from "../../src/wire/field.ts";

/** Fields by name: strings, numbers and booleans stand for fields of these types. */
export type Fields = Readonly<Record<string, Field | string | number | boolean>>;

export const int = (value: number): Field => ({ type: "I", value });

export function list(...value: Field[]): Field {
  return { type: "A", value };
}

export function table(fields: Fields): Table {
  return new Map(Object.entries(fields).map(([key, value]) => [key, fieldOf(value)]));
}

function fieldOf(value: Fields[string]): Field {
  if (typeof value === "string") return longstr(value);
  if (typeof value === "number") return int(value);
  return typeof value === "boolean" ? { type: "t", value } : value;
}
