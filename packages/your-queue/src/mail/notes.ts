/** What is to be sent, written down before it is sent: a crash in between is found, and sent again. */
import type pg from "pg";
import type { Job } from "../plain/jobs.ts";
import { send } from "./mails.ts";

export async function makeNotes(db: pg.Pool): Promise<void> {
  await db.query(
    "CREATE TABLE notes (area text, revision int, shirt text, sent boolean NOT NULL DEFAULT false, PRIMARY KEY (area, revision))",
  );
}

/** Writes the note if the job is the newest; resolves with false if it is not. A second executor finds the note of the first. */
export async function note(db: pg.Pool, { area, revision, shirt }: Job): Promise<boolean> {
  const { rowCount } = await db.query(
    `WITH fence AS (SELECT FROM areas WHERE area = $1 AND revision = $2 FOR NO KEY UPDATE)
     INSERT INTO notes (area, revision, shirt) SELECT $1, $2, $3 FROM fence
     ON CONFLICT (area, revision) DO UPDATE SET shirt = excluded.shirt`,
    [area, revision, shirt],
  );
  return rowCount === 1;
}

export async function noteSent(db: pg.Pool, { area, revision }: Job): Promise<void> {
  await db.query("UPDATE notes SET sent = true WHERE area = $1 AND revision = $2", [area, revision]);
}

// #region reconcile
/**
 * Sends again what was noted and never confirmed, with the same key: the receiver takes it once. What is no longer the newest
 * stays unsent. Run it by one process at a time; resolves with how many it sent.
 */
export async function reconcile(db: pg.Pool, mailUrl: string): Promise<number> {
  const { rows } = await db.query<Job>(
    "SELECT area, revision, shirt FROM notes JOIN areas USING (area, revision) WHERE NOT sent",
  );
  for (const job of rows) {
    await send(mailUrl, job.shirt, `${job.area}/${job.revision}`);
    await noteSent(db, job);
  }
  return rows.length;
}
// #endregion reconcile
