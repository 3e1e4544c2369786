/**
 * The harm that a server's defaults could do: a database with another isolation, with somebody's own operators before
 * PostgreSQL's, or one that may only be read. In a forced order; what a client without session.ts does there stays planted.
 */
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openTable, type Table, TableError } from "../src/index.ts";
import { prepareTable } from "../src/prepare.ts";
import * as statements from "../src/sql.ts";
import type { SqlTable } from "../src/sql-table.ts";
import { type Database, NO_POSTGRES, realPostgres } from "./support/databases.ts";
import { openClient, openPool, sql, untilWaiting } from "./support/sql.ts";

const area = "north-america";
const population = { [area]: 100 };
const stroke = { steps: 10, node: "n1" };

describe.skipIf(!realPostgres)(`a session${realPostgres ? "" : `: ${NO_POSTGRES}`}`, () => {
  let database: Database;
  const opened: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    if (!realPostgres) return;
    database = await realPostgres.open();
    opened.push(database.drop);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const close of opened.splice(0).reverse()) await close();
  });

  const open = async (url = database.url): Promise<Table> => {
    const table = await openTable(url);
    opened.push(() => table.close());
    return table;
  };
  const connect = async (url = database.url): Promise<pg.Client> => {
    const client = await openClient(url);
    opened.push(() => client.end());
    return client;
  };
  /** Every later session of this test's database begins with it. */
  const setForDatabase = (name: string, value: string, subject = "DATABASE") =>
    sql(database.url, `ALTER ${subject} ${new URL(database.url).pathname.slice(1)} SET ${name} = ${value}`);
  const someoneWaits = () => untilWaiting(database.url);
  describe.each([
    ["repeatable read", "leaves people painted in a fresh world"],
    ["serializable", "makes no fresh world beside a step (40001)"],
  ])("with %s as the database's default", (isolation, harm) => {
    let table: Table;
    let slow: pg.Client;
    beforeEach(async () => {
      await setForDatabase("default_transaction_isolation", `'${isolation}'`);
      table = await open();
      await table.prepare({ population });
      slow = await connect();
    });

    /** A step of PURPLE has painted, and is not yet committed. */
    async function painting() {
      const purple = await table.command(area, "purple");
      await slow.query("BEGIN");
      await slow.query(statements.paintFenced, [
        area,
        purple.revision,
        0,
        10,
        "purple",
        "slow",
        purple.world,
      ]);
    }

    it("a fresh world sees what the step painted that it waited for", async () => {
      await painting();
      const prepared = table.prepare({ population });
      await someoneWaits();
      await slow.query("COMMIT");
      await prepared;
      expect(await table.verdict()).toMatchObject([{ wearing: { white: 100 } }]);
    });

    it(`planted: a client that takes this isolation ${harm}`, async () => {
      const pool = openPool(database.url);
      opened.push(() => pool.end());
      await painting();
      const prepared = prepareTable(pool, 10_000, { population }).catch(({ code }) => code);
      await someoneWaits();
      await slow.query("COMMIT");
      expect(await prepared).toBe(isolation === "serializable" ? "40001" : undefined);
      expect(await table.verdict()).toMatchObject([{ wearing: { purple: 10, white: 90 } }]);
    });

    it("a command that waited for another one is accepted after it", async () => {
      await slow.query("BEGIN");
      await slow.query(statements.command, [area, "purple", ""]);
      const blue = table.command(area, "blue");
      await someoneWaits();
      await slow.query("COMMIT");
      expect(await blue).toMatchObject({ revision: 2 });
    });

    it("planted: a client that takes this isolation fails at a command that waited (40001)", async () => {
      const president = await connect();
      await slow.query("BEGIN");
      await slow.query(statements.command, [area, "purple", ""]);
      const blue = president.query(statements.command, [area, "blue", ""]).catch(({ code }) => code);
      await someoneWaits();
      await slow.query("COMMIT");
      expect(await blue).toBe("40001");
    });
  });

  describe("with somebody's own = before PostgreSQL's", () => {
    let table: Table;
    beforeEach(async () => {
      await sql(
        database.url,
        `CREATE SCHEMA odd;
         CREATE FUNCTION odd.always(int, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
         CREATE OPERATOR odd.= (LEFTARG = int, RIGHTARG = int, FUNCTION = odd.always)`,
      );
      await setForDatabase("search_path", "odd, pg_catalog");
      table = await open();
      await table.prepare({ population });
    });

    it("the fence compares revisions all the same", async () => {
      const purple = await table.command(area, "purple");
      await table.command(area, "blue");
      expect(await table.paintFenced(purple, 0, stroke)).toBe("refused");
    });

    it("planted: under the database's search_path an older step passes the fence", async () => {
      const { revision, world } = await table.command(area, "purple");
      await table.command(area, "blue");
      const [row] = await sql(database.url, statements.paintFenced, [
        area,
        revision,
        0,
        10,
        "purple",
        "n1",
        world,
      ]);
      expect(row).toMatchObject({ passed: true, met: 10 });
    });
  });

  it.each([
    ["its database", async () => void (await setForDatabase("default_transaction_read_only", "on"))],
    ["PGOPTIONS", async () => void vi.stubEnv("PGOPTIONS", "-c default_transaction_read_only=on")],
  ])("that may only read, by %s, is refused in one line", async (_, give) => {
    await give();
    const refused = await openTable(database.url).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TableError);
    expect((refused as TableError).message).toMatch(
      /^PostgreSQL at \S+: it may only be read: default_transaction_read_only is on[^\n]*$/,
    );
  });

  it("of a server that becomes read-only in the middle: a command fails in one line, and is not accepted", async () => {
    const table = await open();
    await table.prepare({ population });
    // A session that is there already follows the server's own default, and this one sets it for itself.
    await (table as SqlTable).ask("SELECT set_config('default_transaction_read_only', 'on', false)");
    await expect(table.command(area, "purple")).rejects.toThrow(
      /^PostgreSQL at \S+: it may only be read now [^\n]*$/,
    );
    expect(await table.revisions()).toEqual(new Map([[area, 0]]));
  });
});
