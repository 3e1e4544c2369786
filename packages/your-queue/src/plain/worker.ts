/** A queue in a table of PostgreSQL, as it is written every day. */
import { setTimeout as wait } from "node:timers/promises";
import { STEPS } from "../people.ts";
import type { Order, Tools } from "../tools.ts";
import { type Job, take } from "./jobs.ts";

export async function command({ db }: Tools, { area, shirt }: Order): Promise<void> {
  await db.query("INSERT INTO jobs (area, shirt) VALUES ($1, $2)", [area, shirt]);
}

export async function work(tools: Tools): Promise<void> {
  for (;;) {
    const job = await take(tools.db);
    if (job) await paint(tools, job);
    else await wait(50);
  }
}

async function paint({ db, render, log }: Tools, { id, area, shirt }: Job): Promise<void> {
  for (const step of STEPS) {
    await render(shirt, step);
    await db.query("UPDATE people SET shirt = $1 WHERE area = $2 AND step = $3", [shirt, area, step]);
  }
  await db.query("UPDATE jobs SET done = true WHERE id = $1", [id]);
  log(`${shirt} done`);
}
