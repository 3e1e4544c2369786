/** A queue in a table of PostgreSQL, as it is written every day. */
import { STEPS } from "../people.ts";
import type { Order, Tools } from "../tools.ts";
import { eachJob, finish, type Job } from "./jobs.ts";

// #region command
export async function command({ db }: Tools, { area, shirt }: Order): Promise<void> {
  await db.query("INSERT INTO jobs (area, shirt) VALUES ($1, $2)", [area, shirt]);
}
// #endregion command

export function work(tools: Tools): Promise<void> {
  return eachJob(tools.db, (job) => paint(tools, job));
}

async function paint({ db, render, log }: Tools, job: Job): Promise<void> {
  const { area, shirt } = job;
  for (const step of STEPS) {
    await render(shirt, step);
    await db.query("UPDATE people SET shirt = $1 WHERE area = $2 AND step = $3", [shirt, area, step]);
  }
  await finish(db, job);
  log(`${shirt} done`);
}
