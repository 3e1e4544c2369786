import pg from "pg";

/** Connections to a play's database. One that ends with its database is no error of the play: a statement that needs it says so. */
export function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Commits what `work` does on its connection, or undoes all of it when `work` rejects. */
export async function inTransaction(
  pool: pg.Pool,
  work: (tx: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const tx = await pool.connect();
  try {
    await tx.query("BEGIN");
    await work(tx);
    await tx.query("COMMIT");
    tx.release();
  } catch (error) {
    // A connection in an unknown state is ended, and its transaction with it.
    tx.release(true);
    throw error;
  }
}
