/** Planted: the worker asks for the revision before its slow work, and writes after it. Between the two BLUE is accepted. */
import { setTimeout as wait } from "node:timers/promises";
import { STEPS } from "../../src/people.ts";
import { command } from "../../src/plain/fenced.ts";
import { type Job, take } from "../../src/plain/jobs.ts";
import type { Tools } from "../../src/tools.ts";

export { command };

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
    const { rowCount } = await db.query("SELECT FROM areas WHERE area = $1 AND revision = $2", [
      area,
      revision,
    ]);
    if (rowCount === 0) {
      outcome = "refused";
      break;
    }
    await render(shirt, step);
    await db.query("UPDATE people SET shirt = $1 WHERE area = $2 AND step = $3", [shirt, area, step]);
  }
  await db.query("UPDATE jobs SET done = true WHERE id = $1", [id]);
  log(`${shirt} ${outcome}`);
}
