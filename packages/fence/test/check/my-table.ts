/**
 * A table for the judge: copy it, and put your own statements in. `pnpm check-fence packages/fence/test/check/my-table.ts`
 * plays it on PGlite; with DATABASE_URL on a PostgreSQL, where more can be forced.
 */
import { PGlite } from "@electric-sql/pglite";
import { dataDir } from "@electric-sql/pglite-prepopulatedfs";
import { type Client, fence } from "@shirts/fence";
import type { FencedTable } from "@shirts/fence/check";
import pg from "pg";

export type Session = Client & { end?(): Promise<void> };

export const orders = fence({ schema: "my_table" });
const { DATABASE_URL } = process.env;
/** It has one session, so all have the same. */
const pglite = DATABASE_URL === undefined ? new PGlite({ loadDataDir: await dataDir() }) : undefined;

async function connect(): Promise<Session> {
  if (pglite) return pglite;
  const client = new pg.Client(DATABASE_URL);
  // A session may be ended in the middle, on purpose.
  client.on("error", () => {});
  await client.connect();
  return client;
}

const setUp = await connect();
await orders.create(setUp);
await setUp.query(`CREATE TABLE IF NOT EXISTS my_table.orders (
  key text, part int, revision bigint NOT NULL, shirt text NOT NULL, PRIMARY KEY (key, part))`);
if (!pglite) await setUp.end?.();

/** Nothing, if exactly this part of this command is there already. */
export const PUT = `
  INSERT INTO my_table.orders AS old VALUES ($1, $2, $3, $4)
  ON CONFLICT (key, part) DO UPDATE SET revision = excluded.revision, shirt = excluded.shirt
  WHERE old.revision <> excluded.revision RETURNING part`;

/** @public */
export default {
  connect,
  disconnect: async (session) => session !== pglite && session.end?.(),
  accept: (session, key) => orders.accept(session, key),
  async write(session, { key, token, part, value }) {
    await session.query("BEGIN");
    try {
      const mayWrite = await orders.guard(session, key, token);
      const { rows } = mayWrite ? await session.query(PUT, [key, part, token, value]) : { rows: [] };
      await session.query("COMMIT");
      if (!mayWrite) return "refused";
      return rows.length === 1 ? "written" : "again";
    } catch (error) {
      await session.query("ROLLBACK");
      throw error;
    }
  },
  async read(session, key) {
    const { rows } = await session.query("SELECT shirt FROM my_table.orders WHERE key = $1 AND part = 0", [
      key,
    ]);
    return (rows[0] as { shirt: string } | undefined)?.shirt;
  },
  remove: (session, key) => session.query("DELETE FROM my_table.orders WHERE key = $1", [key]),
  beginAnew: (session) => session.query("TRUNCATE my_table.revisions"),
} satisfies FencedTable<Session, number>;
