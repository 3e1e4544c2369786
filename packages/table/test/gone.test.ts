/** A session that ends in the middle of a statement is an error of that statement, and of nothing else. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openTable, TableError } from "../src/index.ts";
import { prepareTable } from "../src/prepare.ts";
import { type DatabaseProxy, openDatabaseProxy } from "./support/database-proxy.ts";
import { type Database, NO_POSTGRES, realPostgres } from "./support/databases.ts";
import { openClient, openPool, untilWaiting } from "./support/sql.ts";

const population = { "north-america": 100 };

describe.skipIf(!realPostgres)(`a session that ends${realPostgres ? "" : `: ${NO_POSTGRES}`}`, () => {
  let database: Database;
  let proxy: DatabaseProxy;
  const uncaught = vi.fn();
  let listeners: NodeJS.UncaughtExceptionListener[] = [];
  beforeEach(async () => {
    if (!realPostgres) return;
    database = await realPostgres.open();
    proxy = await openDatabaseProxy(database.url);
    // Vitest's own would end the run.
    listeners = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException").on("uncaughtException", uncaught.mockReset());
  });
  afterEach(async () => {
    process.removeAllListeners("uncaughtException");
    for (const listener of listeners) process.on("uncaughtException", listener);
    await proxy?.close();
    await database?.drop();
  });

  /** While somebody holds the areas, `prepare` waits; then its connection is cut, as when the server is killed. */
  async function isCutIn(prepare: () => Promise<void>): Promise<unknown> {
    const holder = await openClient(database.url);
    await holder.query("BEGIN; LOCK TABLE story.areas IN ACCESS EXCLUSIVE MODE");
    const prepared = prepare().catch((error: unknown) => error);
    await untilWaiting(database.url);
    proxy.cut();
    const failure = await prepared;
    await holder.end();
    return failure;
  }

  it("in prepare rejects it, and no error comes from elsewhere", async () => {
    const table = await openTable(proxy.url);
    await table.prepare({ population });
    expect(await isCutIn(() => table.prepare({ population }))).toBeInstanceOf(TableError);
    await table.close();
    expect(uncaught).not.toHaveBeenCalled();
  });

  it("planted: in prepare is an error of the whole program where nobody listens to a connection that is in use", async () => {
    const pool = openPool(proxy.url);
    await prepareTable(pool, 10_000, { population });
    expect(await isCutIn(() => prepareTable(pool, 10_000, { population }))).toBeInstanceOf(Error);
    await pool.end();
    expect(uncaught).toHaveBeenCalled();
  });
});
