/** The same with a fence: each revision is written beside the others, and one pointer is moved with If-Match. */
import { STEPS } from "../people.ts";
import { eachJob, finish, type Job } from "../plain/jobs.ts";
import type { Order, Tools } from "../tools.ts";
import { move, put } from "./objects.ts";

export async function command({ db, outsideUrl }: Tools, { area, shirt }: Order): Promise<void> {
  let revision = 0;
  await move(outsideUrl, area, ({ accepted, shown }) => {
    revision = accepted + 1;
    return { accepted: revision, shown };
  });
  await db.query("INSERT INTO jobs (area, shirt, revision) VALUES ($1, $2, $3)", [area, shirt, revision]);
}

export function work(tools: Tools): Promise<void> {
  return eachJob(tools.db, (job) => paint(tools, job));
}

async function paint({ db, outsideUrl, render, log }: Tools, job: Job): Promise<void> {
  const { area, shirt, revision } = job;
  for (const step of STEPS) {
    await render(shirt, step);
    await put(outsideUrl, `${area}/${revision}/${step}`, shirt);
  }
  // Compared and moved in one request. Until then no reader sees any of it.
  const moved = await move(outsideUrl, area, ({ accepted }) =>
    accepted === revision ? { accepted, shown: revision } : undefined,
  );
  await finish(db, job);
  log(`${shirt} ${moved ? "done" : "refused"}`);
}
