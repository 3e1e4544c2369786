/** A producer and a worker on pg-boss. */
import { STEPS } from "../people.ts";
import type { Order, Tools } from "../tools.ts";
import { openBoss } from "./boss.ts";

// #region command
export async function command({ databaseUrl, queue }: Tools, { area, shirt }: Order): Promise<void> {
  const boss = await openBoss(databaseUrl);
  // The default is 15 minutes; a play shall be short.
  await boss.send(queue, { area, shirt }, { expireInSeconds: 2 });
  await boss.stop({ graceful: false });
}
// #endregion command

export async function work({ databaseUrl, db, queue, render, log }: Tools): Promise<void> {
  const boss = await openBoss(databaseUrl, true);
  await boss.work<Order>(queue, { pollingIntervalSeconds: 0.5 }, async (jobs) => {
    for (const { data } of jobs) {
      const { area, shirt } = data;
      for (const step of STEPS) {
        await render(shirt, step);
        await db.query("UPDATE people SET shirt = $1 WHERE area = $2 AND step = $3", [shirt, area, step]);
      }
      log(`${shirt} done`);
    }
  });
}
