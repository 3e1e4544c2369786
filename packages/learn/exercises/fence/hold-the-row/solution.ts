/** FOR NO KEY UPDATE holds the row until the transaction is over: BLUE waits for it, and is accepted after the step. FOR SHARE would, too. */
import type { Order, Query } from "@shirts/learn/sql";

/** Paints one person, unless a newer order is accepted. Resolves with whether it painted. `query` is in one transaction. */
export async function paint(
  query: Query,
  { area, shirt, revision }: Order,
  person: number,
): Promise<boolean> {
  const newest = await query(
    `SELECT revision FROM areas
     WHERE area = $1 AND revision = $2
     FOR NO KEY UPDATE`,
    [area, revision],
  );
  if (newest.rowCount === 0) return false;
  await query("UPDATE people SET shirt = $1 WHERE area = $2 AND person = $3", [shirt, area, person]);
  return true;
}
