/** The table counts. An UPDATE holds the row from its beginning, so the next president counts on from there. */
import type { Query } from "@shirts/learn/sql";

/** Accepts a command for the area. Resolves with its token: the newest so far, and one more. `query` is in one transaction. */
export async function accept(query: Query, area: string): Promise<number> {
  const { rows } = await query(
    "UPDATE areas SET revision = revision + 1 WHERE area = $1 RETURNING revision",
    [area],
  );
  return Number(rows[0]?.revision);
}
