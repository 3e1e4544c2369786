/** A queue in a table of PostgreSQL, with a fence. */
import { setTimeout as wait } from "node:timers/promises";
import { STEPS } from "../people.ts";
import type { Order, Tools } from "../tools.ts";
import { type Job, take } from "./jobs.ts";

export async function command({ db }: Tools, { area, shirt }: Order): Promise<void> {
  // One statement: there is no revision without its job, and no job without its revision.
  await db.query(
    `WITH accepted AS (UPDATE areas SET revision = revision + 1 WHERE area = $1 RETURNING revision)
     INSERT INTO jobs (area, shirt, revision) SELECT $1, $2, revision FROM accepted`,
    [area, shirt],
  );
}

export async function work(tools: Tools): Promise<void> {
  for (;;) {
    const job = await take(tools.db);
    if (job) await paint(tools, job);
    else await wait(50);
  }
}

async function paint({ db, render, log }: Tools, { id, area, shirt, revision }: Job): Promise<void> {
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
  await db.query("UPDATE jobs SET done = true WHERE id = $1", [id]);
  log(`${shirt} ${outcome}`);
}
