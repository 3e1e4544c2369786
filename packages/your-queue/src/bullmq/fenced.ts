/** A producer and a worker on BullMQ. */
import { Queue, Worker } from "bullmq";
import { STEPS } from "../people.ts";
import type { Accepted, Order, Tools } from "../tools.ts";

export async function command({ db, queue, redisUrl }: Tools, { area, shirt }: Order): Promise<void> {
  const jobs = new Queue<Accepted>(queue, { connection: { url: redisUrl } });
  const { rows } = await db.query<{ revision: number }>(
    `INSERT INTO areas (area, revision) VALUES ($1, 1)
     ON CONFLICT (area) DO UPDATE SET revision = areas.revision + 1 RETURNING revision`,
    [area],
  );
  for (const { revision } of rows) await jobs.add("paint", { area, shirt, revision });
  await jobs.close();
}

export function work({ db, queue, redisUrl, render, log }: Tools): void {
  const worker = new Worker<Accepted>(
    queue,
    async ({ data: { area, shirt, revision } }) => {
      for (const step of STEPS) {
        await render(shirt, step);
        const { rowCount } = await db.query(
          `WITH fence AS (SELECT FROM areas WHERE area = $2 AND revision = $4 FOR NO KEY UPDATE)
           UPDATE people SET shirt = $1 WHERE EXISTS (SELECT FROM fence) AND area = $2 AND step = $3`,
          [shirt, area, step, revision],
        );
        // Complete, do not throw: BullMQ would try again what is no longer wanted.
        if (rowCount === 0) return log(`${shirt} refused`);
      }
      log(`${shirt} done`);
    },
    // The defaults are 30 s; a play shall be short.
    { connection: { url: redisUrl }, lockDuration: 1000, stalledInterval: 500 },
  );
  worker.on("error", (error) => log(error.message));
}
