import pg from "pg";
import { vi } from "vitest";

/** One connection of a test. What the server says to it while nobody asks anything is nobody's error: see `openPool`. */
export async function openClient(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on("error", () => {});
  await client.connect();
  return client;
}

/** Runs SQL over a connection of its own and returns the rows of a single statement. */
export async function sql<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = await openClient(url);
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Connections of a test. Their `end` does not wait until the server has let its sessions go: the database may be dropped, by force,
 * before, and what the server then says to them is nobody's error.
 */
export function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString });
  pool.on("error", () => {});
  return pool;
}

/** Resolves when so many statements of this database wait for a lock. Throws when they do not within ten seconds. */
export async function untilWaiting(url: string, number = 1): Promise<void> {
  const statements =
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  await vi.waitUntil(async () => (await sql(url, statements)).length >= number, {
    timeout: 10_000,
    interval: 5,
  });
}
