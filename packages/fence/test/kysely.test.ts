/** A fence in a transaction of Kysely. The README shows the region. */
import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from "kysely";
import { describe, expect, it } from "vitest";
import { type Client, fence } from "../src/index.ts";
import { kinds, onDatabase } from "./support/databases.ts";

interface Tables {
  people: { area: string; shirt: string };
}

// #region kysely
const client = (db: Kysely<Tables> | Transaction<Tables>): Client => ({
  query: (text, values = []) => db.executeQuery(CompiledQuery.raw(text, values)),
});

const shirts = fence({ schema: "shop" });

const paint = (db: Kysely<Tables>, area: string, revision: number, shirt: string): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    if (!(await shirts.guard(client(tx), area, revision))) return false;
    await tx.updateTable("people").set({ shirt }).where("area", "=", area).execute();
    return true;
  });
// #endregion kysely

describe.each(kinds)("on $name", (kind) => {
  let db: Kysely<Tables>;
  onDatabase(kind, async ({ pool }) => {
    db = new Kysely({ dialect: new PostgresDialect({ pool: pool() }) });
    await db.schema.createTable("people").addColumn("area", "text").addColumn("shirt", "text").execute();
    await db.insertInto("people").values({ area: "europe", shirt: "white" }).execute();
    await shirts.create(client(db));
  });

  it("with Kysely an older shirt is refused, and a guard outside of a transaction is noticed", async () => {
    const purple = await shirts.accept(client(db), "europe");
    const blue = await shirts.accept(client(db), "europe");
    expect(await paint(db, "europe", blue, "blue")).toBe(true);
    expect(await paint(db, "europe", purple, "purple")).toBe(false);
    expect(await db.selectFrom("people").select("shirt").execute()).toEqual([{ shirt: "blue" }]);
    await expect(shirts.guard(client(db), "europe", blue)).rejects.toThrow("there is no transaction");
  });
});
