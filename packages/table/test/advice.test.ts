/**
 * The advice for your own queue, run as it is written, on a table that has nothing of ours: "compare and hold the compared
 * row in the transaction that writes". Two connections, in a forced order. Without the hold PURPLE lands after BLUE was
 * accepted, at each level of isolation; what differs is what the database notices.
 */
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, NO_POSTGRES, realPostgres } from "./support/databases.ts";
import { openClient, sql, untilWaiting } from "./support/sql.ts";

describe.skipIf(!realPostgres)(`the advice${realPostgres ? "" : `: ${NO_POSTGRES}`}`, () => {
  let database: Database;
  /** The old worker, with PURPLE, whose revision is 1. */
  let worker: pg.Client;
  /** The president, and then BLUE's worker. */
  let other: pg.Client;
  beforeAll(async () => {
    if (!realPostgres) return;
    database = await realPostgres.open();
    worker = await openClient(database.url);
    other = await openClient(database.url);
    await other.query("CREATE TABLE areas (area text PRIMARY KEY, revision int NOT NULL)");
    await other.query(
      "CREATE TABLE people (person int PRIMARY KEY, shirt text NOT NULL, revision int NOT NULL)",
    );
    await other.query("CREATE TABLE mails (person int, shirt text NOT NULL)");
  });
  afterAll(async () => {
    await worker?.end();
    await other?.end();
    await database?.drop();
  });
  beforeEach(async () => {
    await other.query("TRUNCATE areas, people, mails");
    await other.query("INSERT INTO areas VALUES ('north-america', 1)");
    await other.query("INSERT INTO people VALUES (1, 'white', 0)");
  });

  const newest = async (lock = "") =>
    (
      await worker.query<{ revision: number }>(
        `SELECT revision FROM areas WHERE area = 'north-america' ${lock}`,
      )
    ).rows[0]?.revision;
  const paintPurple = () => worker.query("UPDATE people SET shirt = 'purple'");
  const acceptBlue = () =>
    other.query("UPDATE areas SET revision = revision + 1 WHERE area = 'north-america'");
  const paintBlue = () => other.query("UPDATE people SET shirt = 'blue'");
  const wearing = async () =>
    (await sql<{ shirt: string }>(database.url, "SELECT shirt FROM people"))[0]?.shirt;
  const codeOf = (error: unknown) => (error as { code?: string }).code;
  const someoneWaits = () => untilWaiting(database.url);

  describe("without the hold it is wrong", () => {
    it("compared in the transaction that writes, at READ COMMITTED: PURPLE is painted over BLUE, for good", async () => {
      await worker.query("BEGIN ISOLATION LEVEL READ COMMITTED");
      expect(await newest()).toBe(1);
      await acceptBlue();
      await paintBlue();
      await paintPurple();
      await worker.query("COMMIT");
      expect(await wearing()).toBe("purple");
    });

    it("compared in the statement that writes, at READ COMMITTED: it compares with what it saw when it began", async () => {
      await other.query("BEGIN");
      await other.query("UPDATE people SET shirt = 'blue'");
      const purple = worker.query(
        "UPDATE people SET shirt = 'purple' WHERE (SELECT revision FROM areas WHERE area = 'north-america') = 1",
      );
      await someoneWaits();
      await acceptBlue();
      await other.query("COMMIT");
      expect((await purple).rowCount).toBe(1);
      expect(await wearing()).toBe("purple");
    });

    it("at SERIALIZABLE, too, a step lands after BLUE was accepted, and nobody is told: as if it had come before is order enough", async () => {
      await worker.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
      expect(await newest()).toBe(1);
      await other.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
      await acceptBlue();
      await other.query("COMMIT");
      await paintPurple();
      await worker.query("COMMIT");
      expect(await wearing()).toBe("purple");
    });

    it("at SERIALIZABLE a mail, which nobody else writes, is left behind BLUE for good", async () => {
      await worker.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
      expect(await newest()).toBe(1);
      for (const statement of [
        "UPDATE areas SET revision = revision + 1",
        "INSERT INTO mails VALUES (1, 'blue')",
      ]) {
        await other.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
        await other.query(statement);
        await other.query("COMMIT");
      }
      await worker.query("INSERT INTO mails VALUES (1, 'purple')");
      await worker.query("COMMIT");
      expect((await sql<{ shirt: string }>(database.url, "SELECT shirt FROM mails")).at(-1)?.shirt).toBe(
        "purple",
      );
    });
  });

  describe("what SERIALIZABLE does notice", () => {
    it("a row that BLUE has painted meanwhile: the older step fails with 40001, and sees BLUE when it is tried again", async () => {
      await worker.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
      expect(await newest()).toBe(1);
      await acceptBlue();
      await paintBlue();
      expect(await paintPurple().catch(codeOf)).toBe("40001");
      await worker.query("ROLLBACK");
      expect(await newest()).toBe(2);
      expect(await wearing()).toBe("blue");
    });

    it("somebody who has seen BLUE accepted and nobody in purple: then the older step cannot have come before", async () => {
      await worker.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
      expect(await newest()).toBe(1);
      await other.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
      await acceptBlue();
      await other.query("COMMIT");
      await other.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
      await other.query("SELECT revision FROM areas");
      await other.query("SELECT shirt FROM people");
      await other.query("COMMIT");
      const landed = await paintPurple()
        .then(() => worker.query("COMMIT"))
        .catch(codeOf);
      expect(landed).toBe("40001");
      await worker.query("ROLLBACK");
    });
  });

  describe("compared and held, it is right", () => {
    it.each(["FOR SHARE", "FOR NO KEY UPDATE", "FOR UPDATE"])(
      "%s: BLUE waits for the step, and is accepted after it",
      async (lock) => {
        await worker.query("BEGIN");
        expect(await newest(lock)).toBe(1);
        let isAccepted = false;
        const accepted = acceptBlue().then(() => {
          isAccepted = true;
        });
        await someoneWaits();
        await paintPurple();
        expect(isAccepted).toBe(false);
        await worker.query("COMMIT");
        await accepted;
        await paintBlue();
        expect(await wearing()).toBe("blue");
      },
    );

    it.each(["FOR SHARE", "FOR NO KEY UPDATE", "FOR UPDATE"])(
      "%s: a step that waited for BLUE sees BLUE, and does not paint",
      async (lock) => {
        await other.query("BEGIN");
        await acceptBlue();
        await worker.query("BEGIN");
        const seen = newest(lock);
        await someoneWaits();
        await other.query("COMMIT");
        expect(await seen).toBe(2);
        await worker.query("ROLLBACK");
      },
    );

    it("FOR SHARE at SERIALIZABLE: a step that waited for BLUE fails with 40001, and does not paint", async () => {
      await other.query("BEGIN");
      await acceptBlue();
      await worker.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
      const seen = newest("FOR SHARE").catch(codeOf);
      await someoneWaits();
      await other.query("COMMIT");
      expect(await seen).toBe("40001");
      await worker.query("ROLLBACK");
    });

    it("a conditional UPDATE of the compared row holds it as well", async () => {
      const hold = () =>
        worker.query("UPDATE areas SET revision = revision WHERE area = 'north-america' AND revision = 1");
      await worker.query("BEGIN");
      expect((await hold()).rowCount).toBe(1);
      const accepted = acceptBlue();
      await someoneWaits();
      await paintPurple();
      await worker.query("COMMIT");
      await accepted;
      expect((await hold()).rowCount).toBe(0);
    });

    it("a row that carries its own revision is compared and written at once: one conditional UPDATE, and no other row", async () => {
      const paint = (client: pg.Client, shirt: string, revision: number) =>
        client.query(
          `UPDATE people SET shirt = '${shirt}', revision = ${revision} WHERE revision <= ${revision}`,
        );
      await other.query("BEGIN");
      await paint(other, "blue", 2);
      const purple = paint(worker, "purple", 1);
      await someoneWaits();
      await other.query("COMMIT");
      expect((await purple).rowCount).toBe(0);
      expect(await wearing()).toBe("blue");
    });
  });
});
