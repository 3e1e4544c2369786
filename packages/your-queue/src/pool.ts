import pg from "pg";

/** Connections to a play's database. One that ends with its database is no error of the play: a statement that needs it says so. */
export function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
