/** The same with all that helps: the fence before the effect, a note in its transaction, and an idempotency key. */
import { STEPS } from "../people.ts";
import { command } from "../plain/fenced.ts";
import { eachJob, finish, type Job } from "../plain/jobs.ts";
import type { Tools } from "../tools.ts";
import { send } from "./mails.ts";
import { note, noteSent } from "./notes.ts";

export { command };

/** Nobody takes a job twice in this play: the lock is long. */
const LOCK_MS = 600_000;

export function work(tools: Tools): Promise<void> {
  return eachJob(tools.db, (job) => tell(tools, job), LOCK_MS);
}

// #region tell
async function tell({ db, outsideUrl, render, log }: Tools, job: Job): Promise<void> {
  const { area, shirt, revision } = job;
  for (const step of STEPS) await render(shirt, step);
  if (!(await note(db, job))) {
    await finish(db, job);
    return log(`${shirt} refused`);
  }
  // The window: the fence has said yes, and the mail is not sent yet. No lock can be held over it.
  await render(shirt, STEPS.length + 1);
  await send(outsideUrl, shirt, `${area}/${revision}`);
  await noteSent(db, job);
  await finish(db, job);
  log(`${shirt} done`);
}
// #endregion tell
