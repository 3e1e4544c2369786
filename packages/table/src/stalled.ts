/**
 * Stalled holders: a client whose statement has run, and whose word to commit (Sync) does not come. It was frozen in the
 * middle of a message, or its machine is gone. Its transaction holds the area's row, so every step and command of the area
 * would wait for it. `statement_timeout` is over by then, `idle_in_transaction_session_timeout` counts only after a Sync,
 * and `transaction_timeout` comes with PostgreSQL 17. So a client that has waited too long for a row looks for itself, and
 * ends the sessions that it finds stalled: the server rolls back what they left, and nothing of it has landed.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";

/**
 * Sessions of our own user that hold a lock on the areas, and wait for their client in the middle of a message ("active"). Not one
 * that is idle in a transaction: it prepares a world, or somebody opened it by hand, and the error line tells of it.
 */
const find = `
  SELECT pid, xact_start::text AS since FROM pg_stat_activity
  WHERE datname = current_database() AND usename = current_user AND wait_event = 'ClientRead' AND state = 'active'
    AND EXISTS (SELECT FROM pg_locks WHERE pg_locks.pid = pg_stat_activity.pid AND granted
      AND relation = 'story.areas'::regclass AND mode IN ('RowShareLock', 'RowExclusiveLock'))`;

interface Session {
  readonly pid: number;
  /** When its transaction began: with the process id, its name. */
  readonly since: string;
}

/** A client sends Execute and Sync in one packet. One that is between them now, and still in a moment, is stalled. */
const LOOK_AGAIN_MS = 500;

/** Ends sessions that are stalled at two looks, half a second apart. No clocks are compared. Rejects as the pool does. */
export async function endStalled(pool: pg.Pool): Promise<void> {
  const look = async () => (await pool.query<Session>(find)).rows;
  const before = await look();
  if (before.length === 0) return;
  await sleep(LOOK_AGAIN_MS);
  const isStill = ({ pid, since }: Session) =>
    before.some((session) => session.pid === pid && session.since === since);
  for (const { pid } of (await look()).filter(isStill))
    await pool.query("SELECT pg_terminate_backend($1)", [pid]);
}
