import type { Client } from "../../src/index.ts";

/** Does `work` in a transaction of this session, and commits it; rolls back when it rejects. */
export async function transaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
