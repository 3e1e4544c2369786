/**
 * What a world needs after its server has lost something. Areas, commands and most of the log stay.
 *
 * Both forget the steps of each newest command: a step that landed says nothing any more when its people are gone, or when
 * its number was given twice. The newest commands are unfinished from then on.
 */
import type { Area } from "@shirts/story";
import type pg from "pg";
import { inOneTransaction, makePeople, newWorld } from "./prepare.ts";
import * as schema from "./schema.ts";

/**
 * Makes the people of each area again whose number is not right, in white; resolves with these areas. Their table is UNLOGGED:
 * after a crash of the server, or a failover to a replica, it is empty, and everything else is there.
 */
export async function repopulate(pool: pg.Pool, statementMs: number): Promise<Area[]> {
  // Asked first without a lock: most often nothing is missing, and a question must not hold up the steps.
  if ((await pool.query(schema.missing)).rows.length === 0) return [];
  return inOneTransaction(pool, statementMs, async (client) => {
    await client.query(schema.lock);
    const { rows } = await client.query<{ area: Area; people: number }>(schema.missing);
    const areas = rows.map(({ area }) => area);
    for (const area of areas) await client.query(schema.emptyArea, [area]);
    await client.query(schema.forgetWalks, [areas]);
    await makePeople(
      client,
      rows.map((row) => ({ ...row, todo: "make" })),
    );
    return areas;
  });
}

/**
 * Gives the world a new name, for a table that may have lost commits: a number that it gave and forgot is given again, and a
 * step of the forgotten command may have landed under it. The lock waits for the steps that are on their way.
 */
export function renew(pool: pg.Pool, statementMs: number): Promise<void> {
  return inOneTransaction(pool, statementMs, async (client) => {
    await client.query(schema.lock);
    const { rows } = await client.query<{ area: Area }>(schema.rename, [newWorld()]);
    await client.query(schema.forgetWalks, [rows.map(({ area }) => area)]);
  });
}
