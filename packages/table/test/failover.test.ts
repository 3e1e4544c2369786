/**
 * A failover between two real servers. The order is forced: a replica that is detached receives nothing, so what the primary
 * accepts meanwhile is lost for certain when the replica takes its place.
 */
import type { Command } from "@shirts/story";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Table, TableError, WorldGoneError } from "../src/index.ts";
import { installed, openPair, type Pair } from "./support/failover.ts";
import { sql } from "./support/sql.ts";

const area = "north-america";
const population = { [area]: 100 };
const stroke = { steps: 10, node: "n1" };

const walk = async (table: Table, command: Command) => {
  for (let step = await table.resume(command, stroke.steps); step < stroke.steps; step++)
    await table.paintFenced(command, step, stroke);
};
const wearing = async (table: Table) => (await table.verdict())[0]?.wearing;

describe.skipIf(!installed)(`a failover${installed ? "" : ": PostgreSQL is not installed"}`, () => {
  let pair: Pair;
  /** What the broker has been given. The table and the broker are two systems, and only one of them fails over. */
  let published: Command[];
  afterEach(() => pair?.close());

  const order = async (table: Table, shirt: "purple" | "blue") => {
    const command = await table.command(area, shirt, "v4");
    published.push(command);
    await table.confirm(command);
    return command;
  };

  /** PURPLE reaches the replica, BLUE does not; the primary dies. */
  async function loseBlue() {
    pair = await openPair(population, false);
    published = [];
    const purple = await order(pair.table, "purple");
    await vi.waitUntil(
      async () => (await sql(pair.replica.url, "SELECT FROM story.commands WHERE copies > 0")).length === 1,
      { timeout: 20_000 },
    );
    await pair.replica.detach();
    const blue = await order(pair.table, "blue");
    await walk(pair.table, blue);
    expect(await pair.table.verdict()).toMatchObject([{ commanded: "blue", wrong: 0 }]);
    const table = await pair.failover();
    await table.repopulate();
    return { purple, blue, table };
  }

  it("asynchronous: a command that was accepted is gone, and the table contradicts the broker, which has its job", async () => {
    const { purple, blue, table } = await loseBlue();
    expect(published).toEqual([purple, blue]);
    expect(await table.verdict()).toMatchObject([{ commanded: "purple", revision: 1 }]);
    expect(await table.unconfirmed("v4")).toEqual([]);
    expect(await table.accepted(blue)).toBe(false);
    // The name of the world is as it was: nobody can see that a commit is missing.
    expect(await table.world()).toBe(blue.world);
  });

  it("asynchronous: a zombie of the command before passes the fence again", async () => {
    const { purple, table } = await loseBlue();
    expect(await table.paintFenced(purple, 0, stroke)).toBe("painted");
  });

  it("asynchronous: the lost number is given twice, and a worker of the lost command passes the fence", async () => {
    const { blue, table } = await loseBlue();
    const again = await order(table, "purple");
    expect(again).toMatchObject({ shirt: "purple", revision: blue.revision, world: blue.world });
    // It was admitted by the old primary, and paints on. Then the step counts as landed for the other one, too.
    expect(await table.paintFenced(blue, 0, stroke)).toBe("painted");
    expect(await table.paintFenced(again, 0, stroke)).toBe("landed before");
    await walk(table, again);
    expect(await table.verdict()).toMatchObject([{ commanded: "purple", wrong: 10, stale: 0, refused: 0 }]);
    expect(await table.unfinished("v4")).toEqual([]);
  });

  it("renew after such a failover: the lost command's job, its worker and the zombie are refused, and the next command makes it right", async () => {
    const { purple, blue, table } = await loseBlue();
    await table.renew();
    for (const lost of [purple, blue]) {
      expect(await table.accepted(lost)).toBe(false);
      await expect(table.paintFenced(lost, 0, stroke)).rejects.toThrow(WorldGoneError);
    }
    // Until somebody commands anew, it is the command before that counts.
    expect(await table.unfinished("v4")).toEqual([{ ...purple, world: await table.world() }]);
    const again = await order(table, "blue");
    expect(again.revision).toBe(blue.revision);
    await walk(table, again);
    await expect(table.paintFenced(blue, 0, stroke)).rejects.toThrow(WorldGoneError);
    expect(await table.verdict()).toMatchObject([{ commanded: "blue", wrong: 0, stale: 0 }]);
  });

  it("renew after the number was given twice: what the lost command painted under it does not count, and is painted over", async () => {
    const { blue, table } = await loseBlue();
    const again = await order(table, "purple");
    await table.paintFenced(blue, 0, stroke);
    await walk(table, again);
    await table.renew();
    const [resent] = await table.unfinished("v4");
    expect(resent).toEqual({ ...again, world: await table.world() });
    await walk(table, { ...again, ...resent });
    expect(await table.verdict()).toMatchObject([{ commanded: "purple", wrong: 0 }]);
  });

  it("planted: a new name alone leaves what the lost command painted under the number, and nobody is told", async () => {
    const { blue, table } = await loseBlue();
    const again = await order(table, "purple");
    await table.paintFenced(blue, 0, stroke);
    await sql(pair.replica.url, "UPDATE story.areas SET world = 'new'");
    await walk(table, { ...again, world: "new" });
    expect(await table.unfinished("v4")).toEqual([]);
    expect(await table.verdict()).toMatchObject([{ commanded: "purple", wrong: 10 }]);
  });

  it("synchronous: a command that was accepted is there after the failover, and the older one stays refused", async () => {
    pair = await openPair(population, true);
    published = [];
    const purple = await order(pair.table, "purple");
    const blue = await order(pair.table, "blue");
    await walk(pair.table, blue);
    const table = await pair.failover();
    expect(await table.accepted(blue)).toBe(true);
    expect(await table.paintFenced(purple, 0, stroke)).toBe("refused");
    expect((await order(table, "purple")).revision).toBe(3);
  });

  it("people are not on a replica, and after the failover they are gone: repopulate makes them again, and the newest command paints them", async () => {
    pair = await openPair(population, true);
    published = [];
    const blue = await order(pair.table, "blue");
    await walk(pair.table, blue);
    await expect(sql(pair.replica.url, "SELECT FROM story.people")).rejects.toThrow("unlogged");
    const table = await pair.failover();
    expect(await wearing(table)).toEqual({});
    await expect(table.paintFenced(blue, 0, stroke)).rejects.toThrow("the people are gone");
    expect(await table.repopulate()).toEqual([area]);
    const [resent] = await table.unfinished("v4");
    expect(resent).toEqual(blue);
    await walk(table, blue);
    expect(await wearing(table)).toEqual({ blue: 100 });
  });

  describe("synchronous, and the replica is away", () => {
    const waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    /** Resolves with the process of the primary that waits for the replica. */
    const someoneWaits = () =>
      vi.waitUntil(async () => (await sql<{ pid: number }>(pair.primary.url, waiting))[0], {
        timeout: 20_000,
        interval: 20,
      });
    /** A replica answers for a commit when it has it on its disk; it shows it a moment later. */
    const replicaShowsBlue = () =>
      vi.waitUntil(
        async () => {
          const rows = await sql<{ shirt: string }>(pair.replica.url, "SELECT shirt FROM story.commands");
          return rows.length === 1 && rows[0]?.shirt === "blue";
        },
        { timeout: 20_000, interval: 20 },
      );
    const awayWith = async (askMs: number) => {
      pair = await openPair(population, true, { askMs });
      published = [];
      await pair.replica.detach();
    };

    it("a command waits, and is accepted when the replica has it", async () => {
      await awayWith(30_000);
      const command = pair.table.command(area, "blue", "v4");
      await someoneWaits();
      expect((await pair.table.revisions()).get(area)).toBe(0);
      await pair.replica.attach();
      expect(await command).toMatchObject({ revision: 1 });
      await replicaShowsBlue();
    });

    it("a command that waits too long is given up with one clear line; it is in the outbox once the replica is back", async () => {
      await awayWith(2_000);
      const failure = await pair.table.command(area, "blue", "v4").catch((error) => error);
      expect(failure).toBeInstanceOf(TableError);
      expect(failure.message).toMatch(
        /^PostgreSQL at .*: it has not answered for a long time.*replica that is away.*may count.*`pnpm president --resend`.*$/,
      );
      // Not given up by the server: its statement_timeout does not end a commit that waits.
      expect(await someoneWaits()).toBeDefined();
      expect(await pair.table.unconfirmed("v4")).toEqual([]);
      await pair.replica.attach();
      await vi.waitUntil(async () => (await pair.table.unconfirmed("v4")).length === 1, { timeout: 20_000 });
      await replicaShowsBlue();
    });

    it("planted: a primary that restarts while a command waits has accepted it, and the failover loses it", async () => {
      await awayWith(30_000);
      const command = pair.table.command(area, "blue", "v4").catch((error) => error);
      await someoneWaits();
      await pair.primary.restart();
      expect((await command).message).toMatch("may count");
      const [blue] = await pair.table.unconfirmed("v4");
      expect(blue).toMatchObject({ shirt: "blue", revision: 1 });
      expect(await (await pair.failover()).unconfirmed("v4")).toEqual([]);
    });

    it("planted: a wait that somebody cancels counts as accepted, and the failover loses it", async () => {
      await awayWith(30_000);
      const command = pair.table.command(area, "blue", "v4");
      const { pid } = (await someoneWaits()) ?? { pid: 0 };
      await sql(pair.primary.url, "SELECT pg_cancel_backend($1)", [pid]);
      const blue = await command;
      expect(await pair.table.accepted(blue)).toBe(true);
      expect(await (await pair.failover()).accepted(blue)).toBe(false);
    });
  });
});
