/** Planted: the worker asks for the revision before its slow work, and writes after it. Between the two BLUE is accepted. */
import { STEPS } from "../../src/people.ts";
import { command } from "../../src/plain/fenced.ts";
import { eachJob, finish, type Job } from "../../src/plain/jobs.ts";
import type { Tools } from "../../src/tools.ts";

export { command };

export function work(tools: Tools): Promise<void> {
  return eachJob(tools.db, (job) => paint(tools, job));
}

async function paint({ db, render, log }: Tools, job: Job): Promise<void> {
  const { area, shirt, revision } = job;
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
  await finish(db, job);
  log(`${shirt} ${outcome}`);
}
