/**
 * People for a world that has lost them. Their table is UNLOGGED: after a crash of the server, or a failover to a replica, it is
 * empty, and everything else is there. Areas, commands and the name of the world stay as they are.
 */
import type { Area } from "@shirts/story";
import type pg from "pg";
import { inOneTransaction, makePeople } from "./prepare.ts";
import * as schema from "./schema.ts";

/**
 * Makes the people of each area again whose number is not right, in white; resolves with these areas. The steps of their
 * newest command count as not landed from then on: they have painted people who are gone. All in one transaction.
 */
export async function repopulate(pool: pg.Pool, statementMs: number): Promise<Area[]> {
  // Asked first without a lock: most often nothing is missing, and a question must not hold up the steps.
  if ((await pool.query(schema.missing)).rows.length === 0) return [];
  return inOneTransaction(pool, statementMs, async (client) => {
    await client.query(schema.lock);
    const { rows } = await client.query<{ area: Area; people: number }>(schema.missing);
    for (const { area } of rows) {
      await client.query(schema.emptyArea, [area]);
      await client.query(schema.forgetWalk, [area]);
    }
    await makePeople(
      client,
      rows.map((row) => ({ ...row, todo: "make" })),
    );
    return rows.map(({ area }) => area);
  });
}
