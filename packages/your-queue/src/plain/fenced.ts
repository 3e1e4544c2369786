/** A queue in a table of PostgreSQL, with a fence. */
import { STEPS } from "../people.ts";
import type { Order, Tools } from "../tools.ts";
import { eachJob, finish, type Job } from "./jobs.ts";

// #region command
export async function command({ db }: Tools, { area, shirt }: Order): Promise<void> {
  // One statement: there is no revision without its job, and no job without its revision.
  await db.query(
    `WITH accepted AS (INSERT INTO areas (area, revision) VALUES ($1, 1)
       ON CONFLICT (area) DO UPDATE SET revision = areas.revision + 1 RETURNING revision)
     INSERT INTO jobs (area, shirt, revision) SELECT $1, $2, revision FROM accepted`,
    [area, shirt],
  );
}
// #endregion command

export function work(tools: Tools): Promise<void> {
  return eachJob(tools.db, (job) => paint(tools, job));
}

async function paint({ db, render, log }: Tools, job: Job): Promise<void> {
  const { area, shirt, revision } = job;
  let outcome = "done";
  for (const step of STEPS) {
    await render(shirt, step);
    const { rowCount } = await db.query(
      `WITH fence AS (SELECT FROM areas WHERE area = $2 AND revision = $4 FOR NO KEY UPDATE)
       UPDATE people SET shirt = $1 WHERE EXISTS (SELECT FROM fence) AND area = $2 AND step = $3`,
      [shirt, area, step, revision],
    );
    if (rowCount === 0) {
      outcome = "refused";
      break;
    }
  }
  // A refused job is done, too: nobody needs it any more.
  await finish(db, job);
  log(`${shirt} ${outcome}`);
}
