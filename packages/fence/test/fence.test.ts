/** What one session sees of a fence, on PGlite and on PostgreSQL. What two see is in concurrent.test.ts. */
import type pg from "pg";
import { beforeEach, describe, expect, it } from "vitest";
import { type Fence, fence, type Message } from "../src/index.ts";
import { kinds, onDatabase } from "./support/databases.ts";
import { transaction } from "./support/transaction.ts";

const NEVER = Number.MAX_SAFE_INTEGER;

describe.each(kinds)("on $name", (kind) => {
  let client: pg.Client;
  let shirts: Fence;
  onDatabase(kind, async (database) => {
    client = await database.connect();
  });
  beforeEach(async () => {
    await client.query("DROP SCHEMA IF EXISTS shop CASCADE");
    shirts = fence({ schema: "shop" });
    await shirts.create(client);
  });

  const guard = (key: string, revision: number) =>
    transaction(client, () => shirts.guard(client, key, revision));

  it("the newest revision of a key may write, and no older one", async () => {
    const purple = await shirts.accept(client, "north-america");
    expect(await guard("north-america", purple)).toBe(true);
    const blue = await shirts.accept(client, "north-america");
    expect(blue).toBeGreaterThan(purple);
    expect(await guard("north-america", purple)).toBe(false);
    expect(await guard("north-america", blue)).toBe(true);
  });

  it("keys do not know each other, whatever their names", async () => {
    const keys = ["europe", "'; DROP SCHEMA shop --", "ключ", " "];
    const revisions: number[] = [];
    for (const key of keys) revisions.push(await shirts.accept(client, key));
    for (const [i, key] of keys.entries()) expect(await guard(key, revisions[i] as number)).toBe(true);
    expect(await guard("europe", revisions[1] as number)).toBe(false);
    expect(await shirts.newest(client, [...keys, "asia"])).toEqual(
      new Map(keys.map((key, i) => [key, revisions[i]])),
    );
  });

  it("a number that was not given yet may not write", async () => {
    await shirts.accept(client, "europe");
    expect(await guard("europe", NEVER)).toBe(false);
  });

  it("a command whose transaction is rolled back was never accepted, and is in no outbox", async () => {
    const purple = await shirts.accept(client, "europe");
    await client.query("BEGIN");
    const blue = await shirts.accept(client, "europe", "blue");
    await client.query("ROLLBACK");
    expect(await guard("europe", purple)).toBe(true);
    expect(await guard("europe", blue)).toBe(false);
    expect(await shirts.relay(client, async () => {})).toBe(0);
  });

  it("names may be anything, and two fences in one schema do not know each other", async () => {
    const odd = fence({ schema: "shop", revisions: `a "b" 'c'; --`, outbox: "SELECT" });
    const cased = fence({ schema: "shop", revisions: `A "b" 'c'; --`, outbox: "select" });
    await odd.create(client);
    await cased.create(client);
    const revision = await odd.accept(client, "europe", { shirt: "purple" });
    expect(await cased.newest(client, ["europe"])).toEqual(new Map());
    expect(await cased.relay(client, async () => {})).toBe(0);
    expect(await odd.newest(client, ["europe"])).toEqual(new Map([["europe", revision]]));
    expect(await odd.relay(client, async () => {})).toBe(1);
  });

  it("create keeps a fence that is in use", async () => {
    const purple = await shirts.accept(client, "europe", "purple");
    await shirts.create(client);
    expect(await shirts.newest(client, ["europe"])).toEqual(new Map([["europe", purple]]));
    expect((await shirts.accept(client, "europe")) - purple).toBeLessThan(100);
    expect(await shirts.relay(client, async () => {})).toBe(1);
  });

  describe("a number is not given twice", () => {
    const accepted = async () => {
      const zombie = await shirts.accept(client, "europe");
      return async () => {
        await shirts.accept(client, "europe");
        return guard("europe", zombie);
      };
    };

    it.each([
      ["its row is deleted", "DELETE FROM shop.revisions"],
      ["the table is truncated", "TRUNCATE shop.revisions"],
    ])("when %s", async (_, statement) => {
      const zombie = await accepted();
      await client.query(statement);
      expect(await zombie()).toBe(false);
    });

    it("when the fence is dropped and created again", async () => {
      const zombie = await accepted();
      await client.query("DROP SCHEMA shop CASCADE");
      await shirts.create(client);
      expect(await zombie()).toBe(false);
    });

    /** What a restored backup is: table and counter are as they were. */
    const restore = async (work: () => Promise<void>) => {
      await client.query("CREATE TABLE shop.copy AS TABLE shop.revisions");
      const { rows } = await client.query("SELECT last_value FROM shop.revisions_numbers");
      await work();
      await client.query("TRUNCATE shop.revisions");
      await client.query("INSERT INTO shop.revisions TABLE shop.copy");
      await client.query("DROP TABLE shop.copy");
      await client.query("SELECT setval('shop.revisions_numbers', $1)", [rows[0].last_value]);
    };
    const renew = () => transaction(client, () => shirts.renew(client));

    it("when a backup is restored, and renewed: neither what it had lost may write, nor what it knows", async () => {
      const before = await shirts.accept(client, "europe");
      let lost = 0;
      await restore(async () => {
        lost = await shirts.accept(client, "europe");
      });
      await renew();
      expect(await guard("europe", before)).toBe(false);
      expect(await guard("europe", lost)).toBe(false);
      expect(await shirts.accept(client, "europe")).toBeGreaterThan(lost);
      expect(await guard("europe", lost)).toBe(false);
    });

    it("when the same backup is restored and renewed twice", async () => {
      await shirts.accept(client, "europe");
      let lost = 0;
      await restore(async () => {
        await renew();
        lost = await shirts.accept(client, "europe");
      });
      await renew();
      await shirts.accept(client, "europe");
      expect(await guard("europe", lost)).toBe(false);
    });

    it("planted: when a backup is restored and nobody renews, the lost number is given again", async () => {
      await shirts.accept(client, "europe");
      let lost = 0;
      await restore(async () => {
        lost = await shirts.accept(client, "europe");
      });
      while ((await shirts.accept(client, "europe")) < lost);
      expect(await guard("europe", lost)).toBe(true);
    });
  });

  describe("the relay", () => {
    it("publishes what was accepted with a message, oldest first, each with its revision, and then forgets it", async () => {
      const purple = await shirts.accept(client, "europe", { shirt: "purple" });
      await shirts.accept(client, "europe");
      const nothing = await shirts.accept(client, "asia", null);
      const published: Message[] = [];
      expect(await shirts.relay(client, async (message) => published.push(message))).toBe(2);
      expect(published).toEqual([
        { key: "europe", revision: purple, message: { shirt: "purple" } },
        { key: "asia", revision: nothing, message: null },
      ]);
      expect(await shirts.relay(client, async () => {})).toBe(0);
    });

    it("keeps a message that is not confirmed, and those behind it, and says why", async () => {
      for (const message of ["one", "two", "three"]) await shirts.accept(client, "europe", message);
      const seen: unknown[] = [];
      const full = async ({ message }: Message) => {
        seen.push(message);
        if (message === "two") throw new Error("the broker is full");
      };
      await expect(shirts.relay(client, full)).rejects.toThrow("the broker is full");
      expect(await shirts.relay(client, async ({ message }) => seen.push(message))).toBe(2);
      expect(seen).toEqual(["one", "two", "two", "three"]);
    });

    it("takes so many at a time, oldest first, also beyond nine", async () => {
      for (let i = 0; i < 12; i++) await shirts.accept(client, "europe", i);
      const seen: unknown[] = [];
      expect(await shirts.relay(client, async ({ message }) => seen.push(message), 11)).toBe(11);
      expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });
  });
});
