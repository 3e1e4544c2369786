/** Jobs in PostgreSQL, and an effect that is in no database: a mail at the end of the work. */
import { STEPS } from "../people.ts";
import { eachJob, finish, type Job } from "../plain/jobs.ts";
import { command } from "../plain/worker.ts";
import type { Tools } from "../tools.ts";
import { send } from "./mails.ts";

export { command };

/** Nobody takes a job twice in this play: the lock is long. */
const LOCK_MS = 600_000;

export function work(tools: Tools): Promise<void> {
  return eachJob(tools.db, (job) => tell(tools, job), LOCK_MS);
}

// #region tell
async function tell({ db, outsideUrl, render, log }: Tools, job: Job): Promise<void> {
  const { shirt } = job;
  for (const step of STEPS) await render(shirt, step);
  await render(shirt, STEPS.length + 1);
  await send(outsideUrl, shirt);
  await finish(db, job);
  log(`${shirt} done`);
}
// #endregion tell
