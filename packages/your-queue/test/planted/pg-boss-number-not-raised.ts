/** Planted: the producer reads the revision and does not raise it, so PURPLE and BLUE have the same number. */
import { openBoss } from "../../src/pg-boss/boss.ts";
import { work } from "../../src/pg-boss/fenced.ts";
import type { Order, Tools } from "../../src/tools.ts";

export { work };

export async function command({ databaseUrl, db, queue }: Tools, { area, shirt }: Order): Promise<void> {
  const boss = await openBoss(databaseUrl);
  const { rows } = await db.query("SELECT revision FROM areas WHERE area = $1", [area]);
  await boss.send(queue, { area, shirt, revision: rows[0]?.revision }, { expireInSeconds: 2 });
  await boss.stop({ graceful: false });
}
