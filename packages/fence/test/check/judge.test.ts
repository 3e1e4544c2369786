/** The judge refuses each wrong table by its own check, with an order of events, and accepts those that are right. */
import { readFileSync, writeFileSync } from "node:fs";
import type pg from "pg";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { checkFence, print, type Report, type Write } from "../../src/check/index.ts";
import { type Database, kinds, NO_POSTGRES, onDatabase, realPostgres } from "../support/databases.ts";
import { byHand, SETUP } from "./by-hand.ts";
import { documentOf } from "./document.ts";
import { ifMatch, serveStore } from "./if-match.ts";
import { kitTable, shirts } from "./kit-table.ts";
import { wrongTables } from "./wrong-tables.ts";

let keys = 0;
/** What was found on PostgreSQL, for the document. */
const found = new Map<string, Report>();

describe.each(kinds)("on $name", ({ name, open }) => {
  let database: Database;
  onDatabase({ name, open }, async (opened) => {
    database = opened;
  });
  beforeEach(async () => {
    const client = await database.connect();
    await client.query(SETUP);
    await client.query("DROP SCHEMA IF EXISTS shop CASCADE");
    await shirts.create(client);
    await client.end();
  });
  const isReal = name === "PostgreSQL";

  it.each([
    ["by hand", byHand],
    ["behind the kit", kitTable],
  ])("a right table %s is accepted", async (title, table) => {
    const report = await checkFence(table(database));
    expect(report.isRight, print(report)).toBe(true);
    expect(report.how).toBe(isReal ? "locks" : "one session");
    // PGlite has one session, and says so where nothing can come between.
    expect(report.findings.filter(({ mark }) => mark === "–")).toHaveLength(isReal ? 0 : 3);
    if (isReal) found.set(title, report);
  });

  it("a table that writes over another session cannot be held, so it is not called right", async () => {
    const other = await database.connect();
    const right = byHand(database);
    const astray = { ...right, write: (_: unknown, write: Write<number>) => right.write(other, write) };
    await expect(checkFence(astray)).rejects.toThrow(
      "your write sends nothing over the session that it is given",
    );
  });

  it("a write that rejects what comes again has told its worker, and is accepted", async () => {
    const right = byHand(database);
    const report = await checkFence({
      ...right,
      async write(client, write) {
        const answer = await right.write(client, write);
        if (answer === "again") throw new Error("it has landed already");
        return answer;
      },
    });
    expect(report.isRight, print(report)).toBe(true);
  });

  it("a function that throws ends its own check, and the others are played", async () => {
    const right = byHand(database);
    let isAnew = false;
    const report = await checkFence({
      ...right,
      async accept(client, key) {
        // It leaves its transaction open, too.
        if (isAnew) await client.query("BEGIN; SELECT no_such_function()");
        return right.accept(client, key);
      },
      async beginAnew(client) {
        isAnew = true;
        await client.query("TRUNCATE fences");
      },
      async fresh() {
        isAnew = false;
        return `key-${++keys}`;
      },
    });
    const broken = report.findings.filter(({ mark }) => mark === "✗");
    expect(broken.map(({ fault }) => fault)).toEqual([
      'throws in "gives no number twice, also when the table begins anew"',
    ]);
    expect(broken[0]?.order).toEqual([
      "a function of yours throws: function no_such_function() does not exist",
    ]);
  });

  it.each([
    ["refuses", async () => "refused" as const, 'answers "refused"'],
    [
      "throws at",
      async (client: pg.Client) =>
        client.query("BEGIN; SELECT no_such_function()").then(() => "written" as const),
      "throws: function no_such_function() does not exist",
    ],
  ])("a table that %s even the newest is told so once, and of nothing else", async (_, write, did) => {
    const report = await checkFence({ ...byHand(database), write });
    expect(report.isRight).toBe(false);
    expect(report.findings.map(({ mark }) => mark)).toEqual(["✗", ...Array(9).fill("–")]);
    expect(print(report)).toContain("✗ lets not even the newest through (has a new key no row yet?");
    expect(report.findings[0]?.order[1]).toBe(`the newer write ${did}`);
  });

  it.each(wrongTables.map((table) => [table.is, table] as const))(
    "planted: a table that %s is refused by its own check",
    async (is, { refusedBy, change }) => {
      const report = await checkFence(change(byHand(database)));
      const own = report.findings.find(({ fault }) => fault === refusedBy);
      // What PGlite cannot show is not called right.
      expect(own?.mark, print(report)).toMatch(isReal ? "✗" : /[✗–]/);
      if (own?.mark === "✗") expect(own.order.length).toBeGreaterThan(1);
      if (isReal) found.set(is, report);
    },
  );
});

describe("on a store over HTTP, where nothing can be held", async () => {
  const right = await serveStore();
  const blind = await serveStore(true);
  afterAll(async () => {
    await right.close();
    await blind.close();
  });

  it("a fence with If-Match is accepted, and the report says that nothing was forced", async () => {
    const report = await checkFence(ifMatch(right), { rounds: 40 });
    expect(report.isRight, print(report)).toBe(true);
    expect(print(report)).toContain("orders came by repetition, so a small hole may be missed");
    expect(print(report)).toContain("(by repetition: 40 rounds, no order forced)");
    found.set("with If-Match", report);
  });

  it("planted: a store that ignores If-Match is refused", async () => {
    const report = await checkFence(ifMatch(blind));
    expect(report.isRight, print(report)).toBe(false);
    expect(report.findings.find(({ fault }) => fault === "asks first, and writes second")?.mark).toBe("✗");
  });
});

it.skipIf(!realPostgres)(
  `docs/generated/check-fence.md says what was found (UPDATE=1 writes it)${NO_POSTGRES}`,
  () => {
    const file = new URL("../../../../docs/generated/check-fence.md", import.meta.url);
    const document = documentOf(
      ["by hand", "behind the kit", "with If-Match"],
      wrongTables.map(({ is }) => is),
      found,
    );
    if (process.env.UPDATE === "1") writeFileSync(file, document);
    expect(readFileSync(file, "utf8")).toBe(document);
  },
);
