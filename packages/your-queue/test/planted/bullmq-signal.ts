/**
 * Planted: BullMQ's own cancel in place of the fence. When a lock cannot be renewed the worker cancels the job, and the
 * processor looks at its signal before each write.
 */
import { Worker } from "bullmq";
import { command } from "../../src/bullmq/worker.ts";
import { STEPS } from "../../src/people.ts";
import type { Order, Tools } from "../../src/tools.ts";

export { command };

export function work({ db, queue, redisUrl, render, log }: Tools): void {
  const worker = new Worker<Order>(
    queue,
    async ({ data: { area, shirt } }, _token, signal) => {
      for (const step of STEPS) {
        await render(shirt, step);
        if (signal?.aborted) return log(`${shirt} refused`);
        await db.query("UPDATE people SET shirt = $1 WHERE area = $2 AND step = $3", [shirt, area, step]);
        log(`${shirt} ${step} painted`);
      }
      log(`${shirt} done`);
    },
    { connection: { url: redisUrl }, lockDuration: 1000, stalledInterval: 500 },
  );
  worker.on("error", (error) => log(error.message));
  worker.on("lockRenewalFailed", (ids) => {
    for (const id of ids) worker.cancelJob(id);
  });
}
