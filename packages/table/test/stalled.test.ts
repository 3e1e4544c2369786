/** A client that stalls between Execute and Sync holds the area's row; nobody else may wait for it for long. */
import { once } from "node:events";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTable, type Table } from "../src/index.ts";
import * as statements from "../src/sql.ts";
import { endStalled } from "../src/stalled.ts";
import { type Database, NO_POSTGRES, realPostgres } from "./support/databases.ts";
import { openPool, sql } from "./support/sql.ts";

const area = "north-america";

/** The part of the driver that sends single messages of the protocol. */
interface Wire extends NodeJS.EventEmitter {
  parse(query: { text: string }): void;
  bind(values: { values: string[] }): void;
  execute(portal: { rows: number }): void;
  flush(): void;
}

describe.skipIf(!realPostgres)(`a stalled client${realPostgres ? "" : `: ${NO_POSTGRES}`}`, () => {
  let database: Database;
  let table: Table;
  let stalled: pg.Client;
  beforeAll(async () => {
    if (!realPostgres) return;
    database = await realPostgres.open();
    table = await openTable(database.url, { lockMs: 100 });
  });
  afterAll(async () => {
    await table?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    await table.prepare({ population: { [area]: 100 } });
    stalled = new pg.Client(database.url);
    stalled.on("error", () => {});
    await stalled.connect();
  });

  /** A step of the command that has painted, and whose Sync does not come. */
  async function stall(): Promise<void> {
    const purple = await table.command(area, "purple");
    await half(statements.paintFenced, [area, purple.revision, 0, 10, "purple", "stalled", purple.world]);
  }

  /** A statement that has run, and whose Sync does not come. */
  async function half(text: string, values: unknown[] = []): Promise<void> {
    const { connection: wire } = stalled as unknown as { connection: Wire };
    wire.parse({ text });
    wire.bind({ values: values.map(String) });
    wire.execute({ rows: 0 });
    wire.flush();
    await once(wire, "commandComplete");
  }

  it("a command does not wait for it: its session is ended, and its step has not landed", async () => {
    await stall();
    expect(await table.command(area, "blue")).toMatchObject({ revision: 2 });
    expect((await table.verdict())[0]).toMatchObject({ wearing: { white: 100 }, stale: 0 });
  });

  it("nor does another executor of its command, which then paints the step", async () => {
    await stall();
    const purple = { area, shirt: "purple", revision: 1, world: await table.world() } as const;
    expect(await table.paintFenced(purple, 0, { steps: 10, node: "n2" })).toBe("painted");
  });

  it("planted: a client that only waits gives up, and the command is not accepted", async () => {
    await stall();
    const president = new pg.Client({ connectionString: database.url, lock_timeout: 300 });
    await president.connect();
    const asked = president.query(statements.command, [area, "blue", ""]);
    await expect(asked).rejects.toMatchObject({ code: "55P03" });
    expect((await table.revisions()).get(area)).toBe(1);
    await president.end();
    await stalled.end();
  });

  it("a session that has moved on between the two looks is left alone, also when its next transaction stalls", async () => {
    const pool = openPool(database.url);
    await stall();
    let looks = 0;
    // Between the looks the client comes to itself, and stalls in another transaction.
    const watched = {
      async query(text: string, values?: unknown[]) {
        let found = await pool.query(text, values);
        if (++looks === 1) {
          // The server's view of its sessions may be a moment behind.
          while (found.rows.length === 0) found = await pool.query(text, values);
          expect(found.rows).toHaveLength(1);
          const { connection: wire } = stalled as unknown as { connection: Wire & { sync(): void } };
          wire.sync();
          await once(wire, "readyForQuery");
          await stall();
        }
        return found;
      },
    };
    await endStalled(watched as unknown as pg.Pool);
    expect(looks).toBe(2);
    await pool.end();
    await stalled.end();
  });

  it("others are left alone: a client that prepares a world, and one that stalls and holds nothing of ours", async () => {
    const pool = openPool(database.url);
    const busy = await pool.connect();
    await busy.query(
      "BEGIN; LOCK TABLE story.areas IN ACCESS EXCLUSIVE MODE; UPDATE story.areas SET world = 'w'",
    );
    const { rows } = await stalled.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await half("SELECT FROM pg_class LIMIT 1");
    await endStalled(pool);
    expect((await busy.query("ROLLBACK")).command).toBe("ROLLBACK");
    const alive = await sql(database.url, "SELECT FROM pg_stat_activity WHERE pid = $1", [rows[0]?.pid]);
    expect(alive).toHaveLength(1);
    busy.release();
    await pool.end();
    await stalled.end();
  });

  it.each(["LOCK TABLE story.areas IN ACCESS EXCLUSIVE MODE", "UPDATE story.areas SET people = people"])(
    "a transaction that a hand holds open (%s) is left alone, and one line says so",
    async (statement) => {
      await stalled.query("BEGIN");
      await stalled.query(statement);
      const brief = await openTable(database.url, { lockMs: 50, retryMs: 1_500 });
      await expect(brief.command(area, "blue")).rejects.toThrow(
        /^[^\n]*another session holds what this one needs[^\n]*$/,
      );
      expect((await stalled.query("ROLLBACK")).command).toBe("ROLLBACK");
      await brief.close();
      await stalled.end();
      expect(await sql(database.url, "SELECT revision FROM story.areas")).toEqual([{ revision: 0 }]);
    },
  );
});
