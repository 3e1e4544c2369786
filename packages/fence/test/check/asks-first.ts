/** The table to copy, with the oldest hole of all: it asks first, and writes second. The README shows what the judge finds. */
import type { FencedTable } from "@shirts/fence/check";
import table, { orders, PUT, type Session } from "./my-table.ts";

/** @public */
export default {
  ...table,
  async write(session, { key, token, part, value }) {
    const newest = await orders.newest(session, [key]);
    if (newest.get(key) !== token) return "refused";
    const { rows } = await session.query(PUT, [key, part, token, value]);
    return rows.length === 1 ? "written" : "again";
  },
} satisfies FencedTable<Session, number>;
