/** A producer and a worker on BullMQ. */
import { Queue, Worker } from "bullmq";
import { STEPS } from "../people.ts";
import type { Order, Tools } from "../tools.ts";

export async function command({ queue, redisUrl }: Tools, { area, shirt }: Order): Promise<void> {
  const jobs = new Queue<Order>(queue, { connection: { url: redisUrl } });
  await jobs.add("paint", { area, shirt });
  await jobs.close();
}

export function work({ db, queue, redisUrl, render, log }: Tools): void {
  const worker = new Worker<Order>(
    queue,
    async ({ data: { area, shirt } }) => {
      for (const step of STEPS) {
        await render(shirt, step);
        await db.query("UPDATE people SET shirt = $1 WHERE area = $2 AND step = $3", [shirt, area, step]);
      }
      log(`${shirt} done`);
    },
    // The defaults are 30 s; a play shall be short.
    { connection: { url: redisUrl }, lockDuration: 1000, stalledInterval: 500 },
  );
  worker.on("error", (error) => log(error.message));
}
