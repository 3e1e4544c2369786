/** The same producer and worker, with a fence. */
import { STEPS } from "../people.ts";
import type { Order, Tools } from "../tools.ts";
import { openBoss } from "./boss.ts";

interface Accepted extends Order {
  readonly revision: number;
}

export async function command({ databaseUrl, db, queue }: Tools, { area, shirt }: Order): Promise<void> {
  const boss = await openBoss(databaseUrl);
  const tx = await db.connect();
  await tx.query("BEGIN");
  const { rows } = await tx.query<{ revision: number }>(
    "UPDATE areas SET revision = revision + 1 WHERE area = $1 RETURNING revision",
    [area],
  );
  // The job is sent in the same transaction: there is no revision without its job.
  const send = { executeSql: (text: string, values: unknown[]) => tx.query(text, values) };
  const data = { area, shirt, revision: rows[0]?.revision };
  // The default is 15 minutes; a play shall be short.
  await boss.send(queue, data, { expireInSeconds: 2, db: send });
  await tx.query("COMMIT");
  tx.release();
  await boss.stop({ graceful: false });
}

export async function work({ databaseUrl, db, queue, render, log }: Tools): Promise<void> {
  const boss = await openBoss(databaseUrl, true);
  await boss.work<Accepted>(queue, { pollingIntervalSeconds: 0.5 }, async (jobs) => {
    for (const { data } of jobs) {
      const { area, shirt, revision } = data;
      for (const step of STEPS) {
        await render(shirt, step);
        const { rowCount } = await db.query(
          `WITH fence AS (SELECT FROM areas WHERE area = $2 AND revision = $4 FOR NO KEY UPDATE)
           UPDATE people SET shirt = $1 WHERE EXISTS (SELECT FROM fence) AND area = $2 AND step = $3`,
          [shirt, area, step, revision],
        );
        // Complete, do not throw: pg-boss would try again what is no longer wanted.
        if (rowCount === 0) return log(`${shirt} refused`);
      }
      log(`${shirt} done`);
    }
  });
}
