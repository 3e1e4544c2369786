/** A table behind the kit, as its README says: which parts have landed stands beside the data, in the same transaction. */
import type pg from "pg";
import { fence } from "../../src/index.ts";
import type { Database } from "../support/databases.ts";
import { byHand, inTransaction, landAndPut, type Table } from "./by-hand.ts";

export const shirts = fence({ schema: "shop" });

export const kitTable = (database: Database): Table => ({
  ...byHand(database),
  accept: (client, key) => shirts.accept(client, key),
  write: (client, write) =>
    inTransaction(client, async () =>
      (await shirts.guard(client, write.key, write.token)) ? landAndPut(client, write) : "refused",
    ),
  beginAnew: async (client: pg.Client) => {
    await client.query("TRUNCATE shop.revisions");
    await client.query("BEGIN");
    await shirts.renew(client);
    await client.query("COMMIT");
  },
});
