/**
 * What two sessions see of a fence, in forced orders, on a real PostgreSQL. PGlite has one session: there a transaction
 * waits until the other one is over, so nothing can come between.
 */
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Client, type Fence, fence } from "../src/index.ts";
import { type Database, NO_POSTGRES, onDatabase, realPostgres } from "./support/databases.ts";
import { untilWaiting } from "./support/waiting.ts";

/** The same client, with a fault in the first statement, which is the fence's. */
function planted(client: Client, part: string, instead: string): Client {
  let isPlanted = false;
  return {
    query(text, values) {
      if (!isPlanted && !text.includes(part))
        throw new Error(`there is no "${part}" any more: break it elsewhere`);
      isPlanted = true;
      return client.query(text.replace(part, instead), values);
    },
  };
}

describe.skipIf(!realPostgres)(`two sessions${NO_POSTGRES}`, () => {
  const shirts: Fence = fence();
  let watcher: pg.Client;
  let one: pg.Client;
  let two: pg.Client;
  let three: pg.Client;
  let purple: number;
  let connect: Database["connect"];
  onDatabase(realPostgres, async (database) => {
    connect = database.connect;
    [watcher, one, two, three] = [await connect(), await connect(), await connect(), await connect()];
    await shirts.create(watcher);
  });
  beforeEach(async () => {
    purple = await shirts.accept(watcher, "europe");
  });
  afterEach(async () => {
    for (const client of [one, two, three]) await client.query("ROLLBACK");
  });
  const waiting = (number: number) => untilWaiting(watcher, number);
  const newest = async () => (await shirts.newest(watcher, ["europe"])).get("europe");

  it("accept waits for the writer that holds the key, and is accepted after it", async () => {
    await one.query("BEGIN");
    expect(await shirts.guard(one, "europe", purple)).toBe(true);
    const blue = shirts.accept(two, "europe");
    await waiting(1);
    expect(await newest()).toBe(purple);
    await one.query("COMMIT");
    expect(await blue).toBe(await newest());
  });

  it("a guard that met an accept waits, looks again, and is refused", async () => {
    await one.query("BEGIN");
    await shirts.accept(one, "europe");
    const may = shirts.guard(two, "europe", purple);
    await waiting(1);
    await one.query("COMMIT");
    expect(await may).toBe(false);
  });

  it("planted: a guard that holds no row may write beside an accept", async () => {
    await one.query("BEGIN");
    await shirts.accept(one, "europe");
    const hollow = planted(two, "FOR NO KEY UPDATE", "");
    await two.query("BEGIN");
    expect(await shirts.guard(hollow, "europe", purple)).toBe(true);
  });

  it("above READ COMMITTED a guard that met an accept fails with 40001", async () => {
    await one.query("BEGIN");
    await shirts.accept(one, "europe");
    await two.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
    const may = shirts.guard(two, "europe", purple);
    const code = may.catch((error) => error.code);
    await waiting(1);
    await one.query("COMMIT");
    expect(await code).toBe("40001");
  });

  it("writers of other keys go on while one is held", async () => {
    const asia = await shirts.accept(watcher, "asia");
    await one.query("BEGIN");
    await shirts.guard(one, "europe", purple);
    await two.query("BEGIN");
    expect(await shirts.guard(two, "asia", asia)).toBe(true);
    expect(await shirts.accept(three, "africa")).toBeGreaterThan(asia);
  });

  it("a writer that dies holds nothing any more", async () => {
    const doomed = await connect();
    await doomed.query("BEGIN");
    await shirts.guard(doomed, "europe", purple);
    const blue = shirts.accept(two, "europe");
    await waiting(1);
    const { rows } = await watcher.query("SELECT unnest(pg_blocking_pids(pid)) AS pid FROM pg_stat_activity");
    await watcher.query("SELECT pg_terminate_backend($1)", [rows[0].pid]);
    expect(await blue).toBe(await newest());
  });

  describe("the wait of an accept is bounded", () => {
    it("a writer that asks later stands behind it, however many there are", async () => {
      await one.query("BEGIN");
      await shirts.guard(one, "europe", purple);
      const blue = shirts.accept(two, "europe");
      await waiting(1);
      await three.query("BEGIN");
      const later = shirts.guard(three, "europe", purple);
      await waiting(2);
      await one.query("COMMIT");
      expect(await blue).toBe(await newest());
      expect(await later).toBe(false);
    });

    it("planted: writers that share the row pass the one that waits to accept", async () => {
      const sharing = (client: Client) => planted(client, "FOR NO KEY UPDATE", "FOR SHARE");
      await one.query("BEGIN");
      await shirts.guard(sharing(one), "europe", purple);
      const blue = shirts.accept(two, "europe");
      await waiting(1);
      await three.query("BEGIN");
      expect(await shirts.guard(sharing(three), "europe", purple)).toBe(true);
      await one.query("COMMIT");
      await three.query("COMMIT");
      await blue;
    });
  });

  describe("numbers rise in the order in which commands are accepted", () => {
    /** Somebody accepts again while another one waits. Answers the number of who waited, and of who was first. */
    const overlapping = async (client: Client) => {
      await one.query("BEGIN");
      await shirts.accept(one, "europe");
      const later = shirts.accept(client, "europe");
      await waiting(1);
      const first = await shirts.accept(one, "europe");
      await one.query("COMMIT");
      return { first, later: await later };
    };

    it("also when one had to wait for the other", async () => {
      const { first, later } = await overlapping(two);
      expect(later).toBeGreaterThan(first);
    });

    it("planted: a number that is drawn before the wait is lower than the one before it", async () => {
      const early = planted(
        two,
        "SET revision = nextval(",
        "SET revision = EXCLUDED.revision + 0 * nextval(",
      );
      const { first, later } = await overlapping(early);
      expect(later).toBeLessThan(first);
    });

    it("also when two accept a key that nobody knew, at once", async () => {
      await one.query("BEGIN");
      const first = await shirts.accept(one, "oceania");
      const later = shirts.accept(two, "oceania");
      await waiting(1);
      await one.query("COMMIT");
      expect(await later).toBeGreaterThan(first);
    });
  });

  it("several programs may create the same fence at once", async () => {
    const names = { schema: "other" };
    await Promise.all([one, two, three].map((client) => fence(names).create(client)));
    expect(await fence(names).accept(one, "europe")).toBeGreaterThan(0);
  });

  it("renew waits for a writer, and refuses one that comes later", async () => {
    await one.query("BEGIN");
    await shirts.guard(one, "europe", purple);
    await two.query("BEGIN");
    const renewed = shirts.renew(two);
    await waiting(1);
    await one.query("COMMIT");
    await renewed;
    const later = shirts.guard(three, "europe", purple);
    await waiting(1);
    await two.query("COMMIT");
    expect(await later).toBe(false);
  });
});
