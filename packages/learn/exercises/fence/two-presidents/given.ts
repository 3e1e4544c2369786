/**
 * Two presidents accept a command at the same time. Each reads the newest token, adds one, and writes: both have the same one, and
 * no fence can tell their steps apart. Accept in a way that gives each token once.
 */
import type { Query } from "@shirts/learn/sql";

/** Accepts a command for the area. Resolves with its token: the newest so far, and one more. `query` is in one transaction. */
export async function accept(query: Query, area: string): Promise<number> {
  const { rows } = await query("SELECT revision FROM areas WHERE area = $1", [area]);
  const token = Number(rows[0]?.revision) + 1;
  await query("UPDATE areas SET revision = $1 WHERE area = $2", [token, area]);
  return token;
}
