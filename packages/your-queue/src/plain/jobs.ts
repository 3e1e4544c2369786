/** The table of jobs, and how a worker takes one. Both are the same with and without the fence. */
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import type { Order } from "../tools.ts";

export interface Job extends Order {
  readonly id: number;
  readonly revision: number;
}

const LOCK_MS = 500;

export async function makeJobs(db: pg.Pool): Promise<void> {
  await db.query(`CREATE TABLE jobs (id serial PRIMARY KEY, area text, shirt text, revision int,
    locked_until timestamptz NOT NULL DEFAULT '-infinity', done boolean NOT NULL DEFAULT false)`);
}

// #region take
/** Takes the next job, and locks it for half a second. The time is the database's own, so no clocks are compared. */
export async function take(db: pg.Pool, lockMs = LOCK_MS): Promise<Job | undefined> {
  const { rows } = await db.query<Job>(
    `UPDATE jobs SET locked_until = now() + $1 * interval '1 ms' WHERE id = (
       SELECT id FROM jobs WHERE NOT done AND locked_until < now()
       ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1
     ) RETURNING id, area, shirt, revision`,
    [lockMs],
  );
  return rows[0];
}
// #endregion take

/** Takes jobs and does them, one after the other, until the process ends. */
export async function eachJob(
  db: pg.Pool,
  doIt: (job: Job) => Promise<void>,
  lockMs = LOCK_MS,
): Promise<void> {
  for (;;) {
    const job = await take(db, lockMs);
    if (job) await doIt(job);
    else await wait(50);
  }
}

/** A job that is finished, or that nobody needs any more. */
export async function finish(db: pg.Pool, { id }: Job): Promise<void> {
  await db.query("UPDATE jobs SET done = true WHERE id = $1", [id]);
}
