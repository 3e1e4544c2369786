/** A fence in a transaction of Drizzle. The README shows the region. */
import { eq, type SQLWrapper, sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { pgTable, text } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { type Client, fence } from "../src/index.ts";
import { kinds, onDatabase } from "./support/databases.ts";

const people = pgTable("people", { area: text(), shirt: text() });

// #region drizzle
interface Executor {
  execute(query: SQLWrapper): PromiseLike<{ rows: unknown[] }>;
}

/** Drizzle numbers parameters itself, so each `$1` of ours becomes a parameter of its. */
const client = (db: Executor): Client => ({
  query: async (statement, values = []) => {
    const parts = statement.split(/\$(\d+)/);
    const chunks = parts.map((part, i) =>
      i % 2 === 0 ? sql.raw(part) : sql`${sql.param(values[Number(part) - 1])}`,
    );
    return db.execute(sql.join(chunks));
  },
});

const shirts = fence({ schema: "shop" });

const paint = (db: NodePgDatabase, area: string, revision: number, shirt: string): Promise<boolean> =>
  db.transaction(async (tx) => {
    if (!(await shirts.guard(client(tx), area, revision))) return false;
    await tx.update(people).set({ shirt }).where(eq(people.area, area));
    return true;
  });
// #endregion drizzle

describe.each(kinds)("on $name", (kind) => {
  let db: NodePgDatabase;
  onDatabase(kind, async ({ pool }) => {
    db = drizzle(pool());
    await db.execute("CREATE TABLE people (area text, shirt text)");
    await db.insert(people).values({ area: "europe", shirt: "white" });
    await shirts.create(client(db));
  });

  it("with Drizzle an older shirt is refused, and a guard outside of a transaction is noticed", async () => {
    const purple = await shirts.accept(client(db), "europe");
    const blue = await shirts.accept(client(db), "europe");
    expect(await paint(db, "europe", blue, "blue")).toBe(true);
    expect(await paint(db, "europe", purple, "purple")).toBe(false);
    expect(await db.select().from(people)).toEqual([{ area: "europe", shirt: "blue" }]);
    await expect(shirts.guard(client(db), "europe", blue)).rejects.toThrow("there is no transaction");
    expect(await shirts.newest(client(db), ["europe", "asia"])).toEqual(new Map([["europe", blue]]));
  });
});
