/**
 * The audit notices what a fence lets through, whatever the fence writes about itself. Skipped where PostgreSQL is not
 * installed. The order of transactions is forced: two connections, and one of them holds its transaction open.
 */

import { startPostgres } from "@shirts/servers";
import type { Command } from "@shirts/story";
import { openTable, type Table } from "@shirts/table";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Audit, openAudit } from "../src/audit.ts";
import { fence } from "./support/fence.ts";
import { ifInstalled } from "./support/if-installed.ts";

const area = "north-america";
const SOUND = { compares: true, holds: true, isHonest: true };

const postgres = await ifInstalled(startPostgres);
const onPostgres = test.skipIf(!postgres);
let table: Table;
let audit: Audit;
let slow: pg.Client;
let mark: string;
beforeAll(async () => {
  if (!postgres) return;
  table = await openTable(postgres.url, { name: "president" });
  await table.prepare({ population: { [area]: 100 } });
  audit = await openAudit(postgres.url);
  slow = new pg.Client({ connectionString: postgres.url, application_name: "slow" });
  await slow.connect();
});
afterAll(async () => {
  await slow?.end();
  await audit?.close();
  await table?.close();
  await postgres?.stop();
});
beforeEach(async () => {
  if (!postgres) return;
  await table.prepare({ population: { [area]: 100 } });
  mark = await audit.mark();
});

const paint = (how: string, { revision, shirt }: Command) => slow.query(how, [area, revision, shirt]);
const staleInLog = async () => (await table.verdict()).reduce((total, { stale }) => total + stale, 0);
const blueOverGreen = {
  area,
  shirt: "blue",
  people: 100,
  by: "slow",
  revision: 2,
  commanded: "green",
};

/** Resolves when a statement waits for a lock. */
const someoneWaits = () =>
  vi.waitUntil(
    async () => (await audit.query("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'")).length > 0,
    { timeout: 10_000, interval: 5 },
  );

onPostgres("a fence that holds lets no stale paint through, in either order", async () => {
  const blue = await table.command(area, "blue");
  await slow.query("BEGIN");
  await paint(fence(SOUND), blue);
  const green = table.command(area, "green");
  await someoneWaits();
  await slow.query("COMMIT");
  expect(await green).toMatchObject({ revision: 2 });
  await paint(fence(SOUND), blue);
  expect(await audit.stale(mark)).toEqual([]);
  expect(await audit.commands(mark)).toEqual([
    { area, shirt: "blue", revision: 1 },
    { area, shirt: "green", revision: 2 },
  ]);
  expect(await audit.wearing()).toEqual(new Map([[area, { blue: 100 }]]));
});

onPostgres("planted: a fence without its compare is noticed", async () => {
  const blue = await table.command(area, "blue");
  await table.command(area, "green");
  await paint(fence({ ...SOUND, compares: false }), blue);
  expect(await audit.stale(mark)).toEqual([blueOverGreen]);
});

onPostgres(
  "planted: a fence without its lock is noticed, though its log has the step before the command",
  async () => {
    const blue = await table.command(area, "blue");
    await slow.query("BEGIN");
    await paint(fence({ ...SOUND, holds: false }), blue);
    // Nobody makes it wait; and then the older paint is committed.
    await table.command(area, "green");
    await slow.query("COMMIT");
    expect(await staleInLog()).toBe(0);
    expect(await audit.stale(mark)).toEqual([blueOverGreen]);
  },
);

onPostgres("planted: a fence whose log lies is noticed", async () => {
  const blue = await table.command(area, "blue");
  await table.command(area, "green");
  await paint(fence({ ...SOUND, compares: false, isHonest: false }), blue);
  expect(await staleInLog()).toBe(0);
  expect(await audit.stale(mark)).toEqual([blueOverGreen]);
});

onPostgres("a new world is painted white by its own transaction, and that is not stale", async () => {
  const blue = await table.command(area, "blue");
  await paint(fence(SOUND), blue);
  await table.prepare({ population: { [area]: 100 } });
  expect(await audit.wearing()).toEqual(new Map([[area, { white: 100 }]]));
  expect(await audit.stale(mark)).toEqual([]);
  expect(await audit.commands(mark)).toEqual([]);
});

onPostgres("planted: a paint of an old world that lands in the new one is noticed", async () => {
  const blue = await table.command(area, "blue");
  await table.prepare({ population: { [area]: 100 } });
  await paint(fence({ ...SOUND, compares: false }), blue);
  expect(await audit.stale(mark)).toEqual([{ ...blueOverGreen, revision: 0, commanded: "white" }]);
});
