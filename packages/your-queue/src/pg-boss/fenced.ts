/** A producer and a worker on pg-boss. */
import { STEPS } from "../people.ts";
import { inTransaction } from "../pool.ts";
import type { Accepted, Order, Tools } from "../tools.ts";
import { openBoss } from "./boss.ts";

// #region command
export async function command({ databaseUrl, db, queue }: Tools, { area, shirt }: Order): Promise<void> {
  const boss = await openBoss(databaseUrl);
  // One transaction: there is no revision without its job, and no job without its revision.
  await inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ revision: number }>(
      `INSERT INTO areas (area, revision) VALUES ($1, 1)
       ON CONFLICT (area) DO UPDATE SET revision = areas.revision + 1 RETURNING revision`,
      [area],
    );
    const executeSql = (text: string, values: unknown[]) => tx.query(text, values);
    const options = { expireInSeconds: 2, db: { executeSql } };
    for (const { revision } of rows) await boss.send(queue, { area, shirt, revision }, options);
  });
  await boss.stop({ graceful: false });
}
// #endregion command

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
