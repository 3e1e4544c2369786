/** Jobs in PostgreSQL, data in a store of objects: the last one who writes wins. */
import { STEPS } from "../people.ts";
import { eachJob, finish, type Job } from "../plain/jobs.ts";
import { command } from "../plain/worker.ts";
import type { Tools } from "../tools.ts";
import { put } from "./objects.ts";

export { command };

export function work(tools: Tools): Promise<void> {
  return eachJob(tools.db, (job) => paint(tools, job));
}

async function paint({ db, outsideUrl, render, log }: Tools, job: Job): Promise<void> {
  const { area, shirt } = job;
  for (const step of STEPS) {
    await render(shirt, step);
    await put(outsideUrl, `${area}/${step}`, shirt);
  }
  await finish(db, job);
  log(`${shirt} done`);
}
