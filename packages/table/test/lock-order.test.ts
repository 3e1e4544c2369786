/**
 * `prepare`, `repopulate` and `renew` lock all tables. A statement that holds one of them while it waits for another would be a
 * deadlock beside them. PostgreSQL locks tables in the order in which a statement names them, so each names areas first.
 */
import type { Command } from "@shirts/story";
import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTable, type Table } from "../src/index.ts";
import * as schema from "../src/schema.ts";
import { type Database, NO_POSTGRES, realPostgres } from "./support/databases.ts";
import { openClient, sql, untilWaiting } from "./support/sql.ts";

const area = "north-america";
const stroke = { steps: 10, node: "n1" };

describe.skipIf(!realPostgres)(`the order of locks${realPostgres ? "" : `: ${NO_POSTGRES}`}`, () => {
  let database: Database;
  let table: Table;
  let command: Command;
  /** Another session: what prepares while we ask, or what asks while we prepare. */
  let other: pg.Client;
  beforeAll(async () => {
    if (!realPostgres) return;
    database = await realPostgres.open();
    table = await openTable(database.url);
    await table.prepare({ population: { [area]: 100 } });
    command = await table.command(area, "purple", "v4");
  });
  afterAll(async () => {
    await table?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    other = await openClient(database.url);
  });
  afterEach(() => other.end());

  /** Begins what `prepare` begins, and gets no further than the table of areas. */
  async function beginToLock(): Promise<void> {
    await other.query("BEGIN");
    await other.query("LOCK TABLE story.areas IN ACCESS EXCLUSIVE MODE");
  }

  /** The tables that we hold. */
  async function held(): Promise<string[]> {
    const { rows } = await other.query<{ name: string }>(
      `SELECT relname AS name FROM pg_locks JOIN pg_class ON pg_class.oid = relation
       WHERE granted AND pid <> pg_backend_pid() AND relnamespace = 'story'::regnamespace AND relkind = 'r'`,
    );
    return rows.map(({ name }) => name);
  }

  const waiting = () => ({ command, copies: 0, sendings: 0, landed: 0, attempts: 0, beats: 0 });
  const questions: Record<string, () => Promise<unknown>> = {
    accepted: () => table.accepted(command),
    begin: () => table.begin(command, { id: "a", node: "n1", living: [] }, 3),
    claim: () => table.claim(waiting()),
    command: () => table.command(area, "blue", "v4"),
    confirm: () => table.confirm(command),
    paint: () => table.paint(command, 0, stroke),
    paintFenced: () => table.paintFenced(command, 0, stroke),
    repopulate: () => table.repopulate(),
    resume: () => table.resume(command, 10),
    revisions: () => table.revisions(),
    revive: () => table.revive(command),
    stripes: () => table.stripes(area),
    unconfirmed: () => table.unconfirmed("v4"),
    unfinished: () => table.unfinished("v4"),
    verdict: () => table.verdict(),
    waiting: () => table.waiting("v4"),
    world: () => table.world(),
  };

  it.each(Object.keys(questions))("%s holds no table while it waits for prepare", async (name) => {
    await beginToLock();
    const asked = questions[name]?.();
    await untilWaiting(database.url);
    expect(await held()).toEqual([]);
    await other.query(schema.lock);
    await other.query("ROLLBACK");
    await asked;
  });

  it("prepare holds no table while it waits for a question", async () => {
    await other.query("BEGIN");
    await other.query("SELECT FROM story.areas");
    const prepared = table.prepare({ population: { [area]: 100 } });
    await untilWaiting(database.url);
    expect(await held()).toEqual([]);
    await other.query("ROLLBACK");
    await prepared;
  });

  it("planted: people before areas are a deadlock", async () => {
    await beginToLock();
    const peopleFirst =
      "WITH found AS (SELECT count(*) FROM story.people) SELECT count FROM found, story.areas";
    const asked = sql(database.url, peopleFirst).then(
      () => "answered",
      (error: Error) => error.message,
    );
    await untilWaiting(database.url);
    expect(await held()).toEqual(["people"]);
    const locked = other.query(schema.lock).then(
      () => "locked",
      (error: Error) => error.message,
    );
    const ends = await Promise.all([asked, locked.then((end) => other.query("ROLLBACK").then(() => end))]);
    expect(ends).toContain("deadlock detected");
  });

  it("these are all the questions of a table", () => {
    const others = ["beat", "close", "end", "prepare", "renew", "server"]; // One table, no question, or the lock itself.
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(table));
    expect(methods.filter((name) => !["constructor", "ask", "recognize"].includes(name)).toSorted()).toEqual(
      [...Object.keys(questions), ...others].toSorted(),
    );
  });
});
