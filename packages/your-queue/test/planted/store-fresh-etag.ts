/** Planted: the worker reads the ETag just before it writes, so If-Match always fits. It compares, but not with what it was told. */
import { STEPS } from "../../src/people.ts";
import { eachJob, finish, type Job } from "../../src/plain/jobs.ts";
import { command } from "../../src/plain/worker.ts";
import { get, put } from "../../src/store/objects.ts";
import type { Tools } from "../../src/tools.ts";

export { command };

export function work(tools: Tools): Promise<void> {
  return eachJob(tools.db, (job) => paint(tools, job));
}

async function paint({ db, outsideUrl, render, log }: Tools, job: Job): Promise<void> {
  const { area, shirt } = job;
  for (const step of STEPS) {
    await render(shirt, step);
    const old = await get(outsideUrl, `${area}/${step}`);
    const written = await put(outsideUrl, `${area}/${step}`, shirt, old ? { "If-Match": old.etag } : {});
    if (!written) return log(`${shirt} refused`);
  }
  await finish(db, job);
  log(`${shirt} done`);
}
