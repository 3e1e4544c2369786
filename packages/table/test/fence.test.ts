/**
 * The promise of the fence, on a PostgreSQL with real concurrent transactions: from the moment a command is accepted, no
 * step of an older one lands. PGlite runs one statement at a time, so there is nothing to be seen there.
 */
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTable, type Table } from "../src/index.ts";
import * as statements from "../src/sql.ts";
import { withoutLanded, withoutRevision, withoutRowLock, withSharedRow } from "./support/broken-fence.ts";
import { type Database, NO_POSTGRES, realPostgres } from "./support/databases.ts";
import { openClient, sql, untilWaiting } from "./support/sql.ts";

const stroke = { steps: 10, node: "n1" };
const area = "north-america";

describe.skipIf(!realPostgres)(`the fence${realPostgres ? "" : `: ${NO_POSTGRES}`}`, () => {
  let database: Database;
  let table: Table;
  let slow: pg.Client;
  beforeAll(async () => {
    if (!realPostgres) return;
    database = await realPostgres.open();
    table = await openTable(database.url);
    slow = await openClient(database.url);
  });
  afterAll(async () => {
    await slow?.end();
    await table?.close();
    await database?.drop();
  });
  beforeEach(() => table.prepare({ population: { [area]: 100 } }));

  const waiting = (number: number) => untilWaiting(database.url, number);
  const someoneWaits = () => waiting(1);
  const wearing = async () => (await table.verdict())[0]?.wearing;

  it("a command waits for the step that runs, and is accepted after it", async () => {
    const purple = await table.command(area, "purple");
    await slow.query("BEGIN");
    await slow.query(statements.paintFenced, [area, purple.revision, 0, 10, "purple", "slow", purple.world]);
    const command = table.command(area, "blue");
    await someoneWaits();
    expect((await table.revisions()).get(area)).toBe(1);
    await slow.query("COMMIT");
    expect(await command).toMatchObject({ revision: 2 });
    expect(await wearing()).toEqual({ purple: 10, white: 90 });
  });

  it("a fresh world waits for the step that runs, and paints its people white, too", async () => {
    const purple = await table.command(area, "purple");
    await slow.query("BEGIN");
    await slow.query(statements.paintFenced, [area, purple.revision, 0, 10, "purple", "slow", purple.world]);
    const prepared = table.prepare({ population: { [area]: 100 } });
    await someoneWaits();
    await slow.query("COMMIT");
    await prepared;
    expect(await wearing()).toEqual({ white: 100 });
  });

  it("a step that waited for a command sees it, and is refused", async () => {
    const purple = await table.command(area, "purple");
    await slow.query("BEGIN");
    await slow.query(statements.command, [area, "blue", ""]);
    const step = table.paintFenced(purple, 0, stroke);
    await someoneWaits();
    await slow.query("COMMIT");
    expect(await step).toBe("refused");
    expect(await wearing()).toEqual({ white: 100 });
  });

  it("a step that waited for a command that was given up paints", async () => {
    const purple = await table.command(area, "purple");
    await slow.query("BEGIN");
    await slow.query(statements.command, [area, "blue", ""]);
    const step = table.paintFenced(purple, 0, stroke);
    await someoneWaits();
    await slow.query("ROLLBACK");
    expect(await step).toBe("painted");
    expect(await wearing()).toEqual({ purple: 10, white: 90 });
  });

  /** A step holds the row, a command waits for it, and another step asks with this statement. Then the first step ends. */
  async function askBehindACommand(statement: string) {
    const purple = await table.command(area, "purple");
    const values = (step: number) => [area, purple.revision, step, 10, "purple", "slow", purple.world];
    await slow.query("BEGIN");
    await slow.query(statement, values(0));
    const command = table.command(area, "blue");
    await waiting(1);
    const later = sql<{ passed: boolean }>(database.url, statement, values(1));
    const first = await Promise.race([later, waiting(2)]);
    await slow.query("COMMIT");
    await command;
    const [row] = await later;
    return { waited: first === undefined, passed: row?.passed };
  }

  it("a command waits for the steps that asked before it, and for none that asks later", async () => {
    expect(await askBehindACommand(statements.paintFenced)).toEqual({ waited: true, passed: false });
  });

  it("planted: when steps share the row, one that asks later passes the waiting command", async () => {
    expect(await askBehindACommand(withSharedRow())).toEqual({ waited: false, passed: true });
  });

  /** Two executors of one command are at the same step: the second one asks while the first one paints. */
  async function paintTwice(statement: string) {
    const purple = await table.command(area, "purple");
    const values = [area, purple.revision, 0, 10, "purple", "slow", purple.world];
    await slow.query("BEGIN");
    await slow.query(statement, values);
    const second = sql<{ met: number }>(database.url, statement, values);
    await waiting(1);
    await slow.query("COMMIT");
    return (await second)[0]?.met;
  }

  it("of two executors of one command only one paints a step, also when both are at it", async () => {
    expect(await paintTwice(statements.paintFenced)).toBe(0);
  });

  it("planted: when nobody asks whether a step has landed, it is painted twice", async () => {
    expect(await paintTwice(withoutLanded())).toBe(10);
  });

  it("an unfenced step that meets a command on its way lands, and knows that it is stale", async () => {
    const purple = await table.command(area, "purple");
    await slow.query("BEGIN");
    await slow.query(statements.command, [area, "blue", ""]);
    const step = table.paint(purple, 0, stroke);
    await someoneWaits();
    await slow.query("COMMIT");
    expect(await step).toEqual({ stale: true });
    expect(await wearing()).toEqual({ purple: 10, white: 90 });
  });

  it("of two steps over the same people the later one is what they wear", async () => {
    const blue = await table.command(area, "blue");
    for (const paint of ["paintFenced", "paint"] as const) {
      await slow.query("BEGIN");
      await slow.query("UPDATE story.people SET shirt = 'purple' WHERE person < 10");
      const step = table[paint](blue, 0, stroke);
      await someoneWaits();
      await slow.query("COMMIT");
      await step;
      expect(await wearing()).toEqual({ blue: 10, white: 90 });
    }
  });

  it("a step that dies in the middle leaves nobody painted and nothing locked", async () => {
    const purple = await table.command(area, "purple");
    const doomed = await openClient(database.url);
    const { rows } = await doomed.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await doomed.query("BEGIN");
    await doomed.query(statements.paintFenced, [
      area,
      purple.revision,
      0,
      10,
      "purple",
      "doomed",
      purple.world,
    ]);
    await sql(database.url, `SELECT pg_terminate_backend(${rows[0]?.pid})`);
    expect(await table.command(area, "blue")).toMatchObject({ revision: 2 });
    expect(await wearing()).toEqual({ white: 100 });
    expect(await table.resume(purple, 10)).toBe(0);
  });

  it("a step whose connection the server ends while it waits is painted again", async () => {
    const purple = await table.command(area, "purple");
    await slow.query("BEGIN");
    await slow.query(statements.command, [area, "blue", ""]);
    const step = table.paintFenced(purple, 0, stroke);
    await someoneWaits();
    await sql(
      database.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    await slow.query("ROLLBACK");
    expect(await step).toBe("painted");
  });

  // A step draws its number while it holds the area's row, a command draws its own while it holds the row alone: so the
  // numbers in the log have an order that can be trusted.
  const outOfOrder = (landed: string) => `
    SELECT steps.* FROM story.steps JOIN story.commands newer
      ON newer.area = steps.area AND newer.revision = steps.revision + 1
    WHERE (steps.number > newer.number) = (${landed})`;

  it("in a storm of commands and fenced steps no step lands after a newer command was accepted, and none before it is refused", async () => {
    const others = await Promise.all([1, 2, 3].map(() => openTable(database.url)));
    let newest = await table.command(area, "purple");
    let storming = true;
    const nodes = others.map(async (node, i) => {
      for (let step = 0; storming; step = (step + 1) % 10)
        await node.paintFenced(newest, step, { ...stroke, node: `n${i}` });
    });
    for (let i = 0; i < 60; i++) newest = await table.command(area, i % 2 ? "purple" : "blue");
    for (let step = 0; step < 10; step++) await table.paintFenced(newest, step, stroke);
    storming = false;
    await Promise.all(nodes);
    expect(await sql(database.url, outOfOrder("NOT refused"))).toEqual([]);
    expect((await table.verdict())[0]).toMatchObject({ wrong: 0, stale: 0 });
    await Promise.all(others.map((node) => node.close()));
  });

  it("a broken fence is seen by the verdict: an older step that waited for the command and landed is stale", async () => {
    const purple = await table.command(area, "purple");
    await slow.query("BEGIN");
    await slow.query(statements.command, [area, "blue", ""]);
    const step = sql(database.url, withoutRevision(), [
      area,
      purple.revision,
      0,
      10,
      "purple",
      "n1",
      purple.world,
    ]);
    await someoneWaits();
    await slow.query("COMMIT");
    await step;
    expect((await table.verdict())[0]).toMatchObject({ stale: 1, refused: 0 });
  });

  it("a broken fence is seen by the verdict: an older step that holds no row lands in the middle of a command and is stale", async () => {
    const purple = await table.command(area, "purple");
    await slow.query("BEGIN");
    await slow.query(statements.command, [area, "blue", ""]);
    await sql(database.url, withoutRowLock(), [area, purple.revision, 0, 10, "purple", "n1", purple.world]);
    await slow.query("COMMIT");
    expect((await table.verdict())[0]).toMatchObject({ stale: 1, refused: 0 });
  });

  it("in a storm of commands and unfenced steps exactly those are stale that landed after a newer command", async () => {
    const others = await Promise.all([1, 2, 3].map(() => openTable(database.url)));
    let newest = await table.command(area, "purple");
    let storming = true;
    const nodes = others.map(async (node, i) => {
      for (let step = 0; storming; step = (step + 1) % 10)
        await node.paint(newest, step, { ...stroke, node: `n${i}` });
    });
    for (let i = 0; i < 60; i++) newest = await table.command(area, i % 2 ? "purple" : "blue");
    storming = false;
    await Promise.all(nodes);
    expect(await sql(database.url, outOfOrder("NOT stale"))).toEqual([]);
    await Promise.all(others.map((node) => node.close()));
  });
});
