/** The outbox in plain SQL, for a reader's own table: an order is accepted and owed in one statement. v4's has more counts. */
import { readFileSync } from "node:fs";
import type pg from "pg";
import type { Order } from "./fence.ts";

const ACCEPT_AND_OWE = readFileSync(new URL("accept-and-owe.sql", import.meta.url), "utf8");

/** The president's: from its end on the order is accepted, and stands in the outbox. */
export async function acceptAndOwe(client: pg.Client, area: string, shirt: string): Promise<Order> {
  const { rows } = await client.query<{ revision: number }>(ACCEPT_AND_OWE, [area, shirt]);
  const [row] = rows;
  if (row === undefined) throw new Error(`there is no area ${area}`);
  return { area, shirt, revision: row.revision };
}

// #region relay
/** Sends what is owed, oldest first. What `publish` rejects, and what a crash leaves, is still owed the next time. */
export async function relay(client: pg.Client, publish: (order: Order) => Promise<void>): Promise<void> {
  const { rows } = await client.query<Order>("SELECT * FROM outbox WHERE NOT sent ORDER BY revision");
  for (const order of rows) {
    await publish(order);
    await client.query("UPDATE outbox SET sent = true WHERE area = $1 AND revision = $2", [
      order.area,
      order.revision,
    ]);
  }
}
// #endregion relay
