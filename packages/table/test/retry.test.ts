/** What may pass is tried again, and nothing is waited for without an end. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openTable, type Table } from "../src/index.ts";
import { type DatabaseProxy, openDatabaseProxy } from "./support/database-proxy.ts";
import { type Database, kinds } from "./support/databases.ts";
import { sql } from "./support/sql.ts";

const stroke = { steps: 10, node: "n1" };
const area = "north-america";

describe.each(kinds)("retries and timeouts, on $name", (kind) => {
  let database: Database;
  let table: Table;
  /** It waits as long as anybody: what a test needs besides must not fail on a slow machine. */
  let patient: Table;
  let proxy: DatabaseProxy;
  beforeAll(async () => {
    database = await kind.open();
  });
  afterAll(() => database?.drop());
  beforeEach(async () => {
    proxy = await openDatabaseProxy(database.url);
    table = await openTable(proxy.url, { askMs: 500, retryMs: 30_000 });
    patient = await openTable(database.url);
    await patient.prepare({ population: { [area]: 100 } });
  });
  afterEach(async () => {
    await proxy.close();
    await table.close();
    await patient.close();
  });

  /** Resolves when so many steps are in the log. */
  const landed = (steps: number) =>
    vi.waitUntil(async () => (await sql(database.url, "SELECT FROM story.steps")).length === steps, {
      timeout: 10_000,
      interval: 5,
    });

  it.each(["paint", "paintFenced"] as const)(
    "%s: a step whose answer is lost with its connection is asked again, and has landed once for the people",
    async (paint) => {
      const purple = await patient.command(area, "purple");
      proxy.silence();
      const step = table[paint](purple, 0, stroke);
      await landed(1);
      proxy.cut();
      expect(await step).toEqual(paint === "paint" ? { stale: false } : "landed before");
      expect(await patient.verdict()).toMatchObject([{ wearing: { purple: 10, white: 90 }, stale: 0 }]);
    },
  );

  it("a connection that is silent for good is given up, and the step is asked again over another: it had landed", async () => {
    const purple = await patient.command(area, "purple");
    proxy.silence();
    expect(await table.paintFenced(purple, 0, stroke)).toBe("landed before");
    expect(await table.resume(purple, 10)).toBe(1);
  });

  it("questions are asked again: resume, accepted, revisions, the outbox", async () => {
    const purple = await patient.command(area, "purple", "v4");
    for (const [ask, answer] of [
      [() => table.resume(purple, 10), 0],
      [() => table.accepted(purple), true],
      [() => table.revisions(), new Map([[area, 1]])],
      [() => table.unconfirmed("v4"), [purple]],
      [() => table.unfinished("v4"), [purple]],
      [() => table.begin(purple, { id: "a1", node: "n1", living: [] }, 1), { isGivenUp: false, kills: 0 }],
      [() => table.beat(["a1"]), undefined],
      [() => table.end(["a1"]), undefined],
      [() => table.revive(purple), undefined],
      [() => table.confirm(purple), undefined],
    ] as const) {
      proxy.silence();
      expect(await ask()).toEqual(answer);
    }
  });

  it("a command is not asked for again: it could be accepted twice", async () => {
    proxy.silence();
    await expect(table.command(area, "purple")).rejects.toThrow("it has not answered for a long time");
    expect((await table.revisions()).get(area)).toBeLessThanOrEqual(1);
  });

  it("a database that does not come back is given up after a while, in one line", async () => {
    const purple = await patient.command(area, "purple");
    const brief = await openTable(proxy.url, { retryMs: 200 });
    await proxy.close();
    await expect(brief.paintFenced(purple, 0, stroke)).rejects.toThrow(
      /^PostgreSQL at \S+: nobody answers.*$/,
    );
    await brief.close();
    proxy = await openDatabaseProxy(database.url);
  });
});
