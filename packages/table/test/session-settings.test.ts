/**
 * A session has the settings that the table needs, whatever its server, its database, its role, DATABASE_URL or PGOPTIONS say.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NoWorldError, openTable, TableError } from "../src/index.ts";
import type { SqlTable } from "../src/sql-table.ts";
import { type Database, kinds, NO_POSTGRES, onTable, realPostgres } from "./support/databases.ts";
import { sql } from "./support/sql.ts";

const needed = {
  default_transaction_isolation: "read committed",
  idle_in_transaction_session_timeout: "30000",
  idle_session_timeout: "0",
  lock_timeout: "3000",
  search_path: "pg_catalog",
  statement_timeout: "30000",
  synchronous_commit: "on",
  transaction_timeout: "0",
};
const odd: Readonly<Record<keyof typeof needed, string>> = {
  default_transaction_isolation: "serializable",
  idle_in_transaction_session_timeout: "7777",
  idle_session_timeout: "7777",
  lock_timeout: "7777",
  search_path: "odd",
  statement_timeout: "7777",
  synchronous_commit: "off",
  transaction_timeout: "7777",
};
type Name = keyof typeof needed;

/** Those of the settings that this server knows, in order. */
const known = async (url: string) => {
  const ask = "SELECT name FROM pg_settings WHERE name = ANY ($1) ORDER BY name";
  return (await sql<{ name: Name }>(url, ask, [Object.keys(needed)])).map(({ name }) => name);
};
const options = (names: readonly Name[]) => names.map((name) => `-c ${name}=${odd[name]}`).join(" ");

/** A session of the table has what it needs, and a plain one to the same URL has not. */
async function expectNeeded(url: string, names: readonly Name[]): Promise<void> {
  const ask = "SELECT name, setting FROM pg_settings WHERE name = ANY ($1) ORDER BY name";
  const table = (await openTable(url)) as SqlTable;
  try {
    const { rows } = await table.ask<{ name: Name; setting: string }>(ask, [names]);
    expect(rows).toEqual(names.map((name) => ({ name, setting: needed[name] })));
  } finally {
    await table.close();
  }
  const plain = await sql<{ name: Name; setting: string }>(url, ask, [names]);
  expect(plain.some(({ name, setting }) => setting === odd[name])).toBe(true);
}

describe.each(kinds)("a session on $name", (kind) => {
  let database: Database;
  let names: Name[];
  onTable(kind, (opened) => {
    ({ database } = opened);
  });
  beforeEach(async () => {
    names = await known(database.url);
  });
  afterEach(() => vi.unstubAllEnvs());

  it("has what the table needs, whatever the options in DATABASE_URL", async () => {
    await expectNeeded(`${database.url}?options=${encodeURIComponent(options(names))}`, names);
  });

  it("has what the table needs, whatever the names in DATABASE_URL", async () => {
    const given = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];
    await expectNeeded(`${database.url}?${given.map((name) => `${name}=7777`).join("&")}`, names);
  });

  it("has what the table needs, whatever PGOPTIONS says", async () => {
    vi.stubEnv("PGOPTIONS", options(names));
    await expectNeeded(database.url, names);
  });

  it("is not opened with a setting that there is not, and that is no missing table", async () => {
    vi.stubEnv("PGOPTIONS", "-c nonsense=1");
    const failure = await openTable(database.url).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TableError);
    expect(failure).not.toBeInstanceOf(NoWorldError);
    expect((failure as Error).message).toMatch(
      /nonsense.\. Are the options in DATABASE_URL and PGOPTIONS right\?$/,
    );
  });

  it("is one of its own: two tables of different timeouts do not take each other's", async () => {
    const tables = await Promise.all([1_111, 2_222].map((lockMs) => openTable(database.url, { lockMs })));
    for (const _ of [1, 2]) {
      const asked = tables.map((table) => (table as SqlTable).ask("SHOW lock_timeout"));
      const rows = (await Promise.all(asked)).flatMap(({ rows }) => rows);
      expect(rows).toEqual([{ lock_timeout: "1111ms" }, { lock_timeout: "2222ms" }]);
    }
    for (const table of tables) await table.close();
  });
});

describe.skipIf(!realPostgres)(`a session${realPostgres ? "" : `: ${NO_POSTGRES}`}`, () => {
  let database: Database;
  let names: Name[];
  beforeEach(async () => {
    if (!realPostgres) return;
    database = await realPostgres.open();
    names = await known(database.url);
  });
  afterEach(() => database?.drop());

  /** Every later session of this test's database begins with it. */
  const setForDatabase = (name: string, value: string, subject = "DATABASE") =>
    sql(database.url, `ALTER ${subject} ${new URL(database.url).pathname.slice(1)} SET ${name} = ${value}`);

  it.each(["DATABASE", "ROLE CURRENT_USER IN DATABASE"])(
    "has what the table needs, whatever ALTER %s says",
    async (subject) => {
      for (const name of names) await setForDatabase(name, `'${odd[name]}'`, subject);
      await expectNeeded(database.url, names);
    },
  );

  it("keeps a synchronous_commit that promises more", async () => {
    await setForDatabase("synchronous_commit", "remote_apply");
    const table = (await openTable(database.url)) as SqlTable;
    expect((await table.ask("SHOW synchronous_commit")).rows).toEqual([
      { synchronous_commit: "remote_apply" },
    ]);
    await table.close();
  });

  it("tells a story to its end with everything else set oddly", async () => {
    for (const [name, value] of [
      ["client_encoding", "LATIN1"],
      ["TimeZone", "'Pacific/Chatham'"],
      ["DateStyle", "'SQL, DMY'"],
      ["IntervalStyle", "sql_standard"],
      ["row_security", "off"],
      ["default_transaction_deferrable", "on"],
      ["standard_conforming_strings", "off"],
      ["bytea_output", "escape"],
      ["extra_float_digits", "'-15'"],
    ] as const)
      await setForDatabase(name, value);
    const table = await openTable(database.url);
    await table.prepare({ population: { "north-america": 100 } });
    const purple = await table.command("north-america", "purple");
    const müller = { steps: 2, node: "Müller \\' 名" };
    for (const step of [0, 1]) expect(await table.paintFenced(purple, step, müller)).toBe("painted");
    expect(await table.verdict()).toMatchObject([{ wearing: { purple: 100 }, wrong: 0 }]);
    const nodes = (await (table as SqlTable).ask("SELECT DISTINCT node FROM story.steps")).rows;
    expect(nodes).toEqual([{ node: müller.node }]);
    await table.close();
  });
});
