/** The fence in plain SQL: the three ways of the chapter, and on PostgreSQL what its lock is for. */
import { readFileSync } from "node:fs";
import { servePglite } from "@shirts/pglite-server";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { accept, fenced, makeTables, type Order, walk } from "../src/plain/fence.ts";
import { acceptAndOwe, relay } from "../src/plain/outbox.ts";
import { play, ways } from "../src/plain/play.ts";

const AREA = "north-america";

describe("on PGlite", () => {
  let client: pg.Client;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const served = await servePglite();
    client = new pg.Client(served.url);
    await client.connect();
    close = () => client.end().then(served.close);
  });
  afterAll(() => close());

  test.each([
    ["no fence", 6],
    ["asks first, writes second", 1],
    ["the fence", 0],
  ] as const)(
    "a soldier wakes up after BLUE: with %s, %i people wear PURPLE for good",
    async (name, wrong) => {
      const lines: string[] = [];
      expect(await play(client, ways[name], (line) => lines.push(line))).toBe(wrong);
      expect(lines).toHaveLength(4);
    },
  );

  test("an order is accepted and owed at once, and sent at least once: again after a crash behind the publish", async () => {
    await makeTables(client, AREA, 1);
    const purple = await acceptAndOwe(client, AREA, "purple");
    const blue = await acceptAndOwe(client, AREA, "blue");
    expect([purple.revision, blue.revision]).toEqual([1, 2]);
    expect([await fenced(client)(purple, 0), await fenced(client)(blue, 0)]).toEqual([false, true]);
    const published: string[] = [];
    const publish = async ({ shirt }: Order) => void published.push(shirt);
    const dieBehindIt = async (order: Order) => {
      await publish(order);
      throw new Error("killed");
    };
    await expect(relay(client, dieBehindIt)).rejects.toThrow("killed");
    await relay(client, publish);
    await relay(client, publish);
    expect(published).toEqual(["purple", "purple", "blue"]);
  });

  test("an order for an area that is not there is neither accepted nor owed", async () => {
    await makeTables(client, AREA, 1);
    await expect(acceptAndOwe(client, "atlantis", "blue")).rejects.toThrow("there is no area atlantis");
    const nobody = async () => {
      throw new Error("something is owed");
    };
    await relay(client, nobody);
  });

  test("a step with the newest token paints, and one with an older token paints nobody and ends the walk", async () => {
    await makeTables(client, AREA, 3);
    const step = fenced(client);
    const purple = await accept(client, AREA, "purple");
    expect(await walk(purple, 3, step)).toBe(3);
    const blue = await accept(client, AREA, "blue");
    expect([purple.revision, blue.revision]).toEqual([1, 2]);
    const asked: number[] = [];
    const walked = await walk(purple, 3, (order, person) => {
      asked.push(person);
      return step(order, person);
    });
    expect([walked, asked]).toEqual([0, [0]]);
    expect(await step(blue, 0)).toBe(true);
    const { rows } = await client.query("SELECT shirt FROM people ORDER BY person");
    expect(rows.map(({ shirt }) => shirt)).toEqual(["blue", "purple", "purple"]);
  });
});

/** A real PostgreSQL: PGlite has one session, so there two statements never meet. */
const url = await realPostgres(process.env.DATABASE_URL || undefined);
if (url === undefined && process.env.REQUIRE_SERVICES === "1")
  throw new Error("REQUIRE_SERVICES=1, and DATABASE_URL names no real PostgreSQL");

describe.skipIf(url === undefined)("on PostgreSQL (set DATABASE_URL)", () => {
  let worker: pg.Client;
  let president: pg.Client;
  beforeAll(async () => {
    [worker, president] = [new pg.Client(url), new pg.Client(url)];
    await Promise.all([worker.connect(), president.connect()]);
    await makeTables(president, AREA, 1);
    await worker.query("SET search_path TO plain_fence");
  });
  afterAll(() => Promise.all([worker.end(), president.end()]));

  /** Begins a step of PURPLE, and says whether BLUE is accepted before the step is committed. */
  async function isAcceptedInTheMiddle(step: (order: Order) => Promise<boolean>): Promise<boolean> {
    const purple = await accept(president, AREA, "purple");
    await worker.query("BEGIN");
    expect(await step(purple)).toBe(true);
    let isAccepted = false;
    const blue = accept(president, AREA, "blue").then(() => {
      isAccepted = true;
    });
    await vi.waitUntil(async () => isAccepted || (await someoneWaits()), { timeout: 10_000, interval: 5 });
    const inTheMiddle = isAccepted;
    await worker.query("COMMIT");
    await blue;
    return inTheMiddle;
  }

  async function someoneWaits(): Promise<boolean> {
    const { rows } = await worker.query(
      "SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))",
    );
    return rows.length > 0;
  }

  test("BLUE waits for the step that is under way, and is accepted after it", async () => {
    expect(await isAcceptedInTheMiddle((order) => fenced(worker)(order, 0))).toBe(false);
  });

  test("planted: without the lock BLUE is accepted in the middle of PURPLE's step", async () => {
    const text = readFileSync(new URL("../src/plain/step.sql", import.meta.url), "utf8");
    const unheld = text.replace("  FOR NO KEY UPDATE\n", "");
    expect(unheld).not.toBe(text);
    const step = async ({ area, revision, shirt }: Order) =>
      (await worker.query(unheld, [area, revision, shirt, 0])).rowCount === 1;
    expect(await isAcceptedInTheMiddle(step)).toBe(true);
  });
});

/** The url of a PostgreSQL, not of PGlite behind a port. What does not answer counts as one: its tests then say so. */
async function realPostgres(named: string | undefined): Promise<string | undefined> {
  if (named === undefined) return undefined;
  const client = new pg.Client(named);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>("SELECT version()");
    return rows[0]?.version.includes("PGlite") ? undefined : named;
  } catch {
    return named;
  } finally {
    await client.end().catch(() => {});
  }
}
