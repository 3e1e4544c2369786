/** What a fence refuses, and what it says. */
import type pg from "pg";
import { beforeEach, describe, expect, it } from "vitest";
import { FenceError, fence } from "../src/index.ts";
import { type Database, kinds, onDatabase } from "./support/databases.ts";
import { Quick } from "./support/pglite.ts";
import { transaction } from "./support/transaction.ts";

const shirts = fence();

describe.each(kinds)("on $name", (kind) => {
  let client: pg.Client;
  let connect: Database["connect"];
  let pool: pg.Pool;
  let purple: number;
  onDatabase(kind, async (database) => {
    connect = database.connect;
    client = await connect();
    pool = database.pool();
    await shirts.create(client);
  });
  beforeEach(async () => {
    purple = await shirts.accept(client, "europe");
  });

  const NOTHING_HELD = "there is no transaction, so nothing holds the key while you write";

  it("a guard without a transaction, or after it, holds nothing: that is noticed", async () => {
    await expect(shirts.guard(client, "europe", purple)).rejects.toThrow(NOTHING_HELD);
    await transaction(client, () => shirts.guard(client, "europe", purple));
    await expect(shirts.guard(client, "europe", purple)).rejects.toThrow(NOTHING_HELD);
  });

  it("a guard in a transaction that has failed says what to do", async () => {
    await client.query("BEGIN");
    await client.query("SELECT 1 / 0").catch(() => {});
    const may = shirts.guard(client, "europe", purple);
    await expect(may).rejects.toThrow(FenceError);
    await expect(may).rejects.toThrow("the transaction is over: a statement in it has failed");
    await client.query("ROLLBACK");
  });

  it("a pool in place of a transaction is noticed", async () => {
    const may = shirts.guard(pool, "europe", purple);
    await expect(may).rejects.toThrow("give me its client, not a pool");
  });

  it("renew without a transaction is refused", async () => {
    await expect(shirts.renew(client)).rejects.toThrow("there is no transaction: begin one");
    expect(await shirts.newest(client, ["europe"])).toEqual(new Map([["europe", purple]]));
  });

  it("a key that was never accepted is an error, and no refusal", async () => {
    const may = transaction(client, () => shirts.guard(client, "eurpoe", purple));
    await expect(may).rejects.toThrow('the key "eurpoe" was never accepted');
  });

  it("a fence that was never created says so", async () => {
    const nowhere = fence({ schema: "nowhere" });
    await expect(nowhere.accept(client, "europe")).rejects.toThrow("call create() once");
    await expect(nowhere.newest(client, ["europe"])).rejects.toThrow("call create() once");
  });

  it("what else goes wrong is the client's own error", async () => {
    const gone = await connect();
    await gone.end();
    const accepted = shirts.accept(gone, "europe");
    await expect(accepted).rejects.not.toThrow(FenceError);
    await expect(accepted).rejects.toThrow("Client was closed");
  });
});

describe("before anything is asked", () => {
  const nobody = {
    query: () => {
      throw new Error("asked");
    },
  };

  it.each([
    ["a string, as pg reads a bigint", "7", 'this is "7". In a table of your own'],
    ["no whole number", 1.5, "this is 1.5"],
    ["too large to be exact", 2 ** 53, "this is 9007199254740992"],
    ["none", 0, "this is 0"],
    ["missing", undefined, "this is undefined"],
    ["not a number", Number.NaN, "this is NaN"],
  ])("a revision that is %s is refused", async (_, revision, words) => {
    const may = shirts.guard(nobody, "europe", revision as number);
    await expect(may).rejects.toThrow(FenceError);
    await expect(may).rejects.toThrow(words);
  });

  it.each([
    ["", 'this is ""'],
    ["a\0b", 'this is "a\\u0000b"'],
    [7, "this is 7"],
  ])("the key %j is refused", async (key, words) => {
    await expect(shirts.accept(nobody, key as string)).rejects.toThrow(words);
    await expect(shirts.guard(nobody, key as string, 1)).rejects.toThrow(words);
  });

  it("a name that PostgreSQL would cut off, or cannot keep, is refused", () => {
    expect(() => fence({ schema: "" })).toThrow("1 to 63 bytes");
    expect(() => fence({ outbox: "ü".repeat(32) })).toThrow("this has 64");
    expect(() => fence({ revisions: "a\0" })).toThrow("no zero byte");
    // The counter has the table's name and eight letters more.
    expect(() => fence({ revisions: "r".repeat(56) })).toThrow("this has 64");
  });

  it.each([0, 1.5, Number.NaN])("a relay of %d messages is refused", async (limit) => {
    await expect(shirts.relay(nobody, async () => {}, limit)).rejects.toThrow("1 message or more");
  });
});

it("PGlite itself in place of its transaction is noticed", async () => {
  const db = new Quick();
  await shirts.create(db);
  const purple = await shirts.accept(db, "europe");
  await expect(shirts.guard(db, "europe", purple)).rejects.toThrow("there is no transaction");
  expect(await db.transaction((tx) => shirts.guard(tx, "europe", purple))).toBe(true);
  await db.close();
});
