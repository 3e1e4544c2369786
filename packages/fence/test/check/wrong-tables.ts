/** Wrong tables, each with the check that must refuse it. Each is the table by hand with one thing changed. */
import type pg from "pg";
import type { Answer, FencedTable, Write } from "../../src/check/index.ts";
import { inTransaction, landAndPut, lands, one, passes, put, type Table } from "./by-hand.ts";

export interface WrongTable {
  /** What is wrong with it. */
  readonly is: string;
  /** The `fault` of the check that must refuse it. */
  readonly refusedBy: string;
  // biome-ignore lint/suspicious/noExplicitAny: each has tokens of its own.
  change(right: Table): FencedTable<pg.Client, any>;
}

const NO_LOCK = "";
const WITHOUT_LOCK: Table["write"] = (client, write) =>
  inTransaction(client, async () =>
    (await passes(client, write, NO_LOCK)) ? landAndPut(client, write) : "refused",
  );

/** The same write, with another way to ask whether it may. */
const asking =
  (mayWrite: (client: pg.Client, write: Write<number>) => Promise<boolean>): Table["write"] =>
  (client, write) =>
    inTransaction(client, async () =>
      (await mayWrite(client, write)) ? landAndPut(client, write) : "refused",
    );

const revisionOf = async (client: pg.Client, key: string, lock = "") =>
  (
    await one<{ revision: number }>(
      client,
      `SELECT revision::float8 AS revision FROM fences WHERE key = $1 ${lock}`,
      [key],
    )
  )?.revision;

/** One statement that asks in a subquery: it sees the table as it was when it began. */
const IN_ONE_STATEMENT = `
  WITH first AS (
    INSERT INTO landed SELECT $1, $2, $3 WHERE (SELECT revision FROM fences WHERE key = $1) = $2
    ON CONFLICT DO NOTHING RETURNING part
  ), written AS (
    INSERT INTO data SELECT $1, part, $4 FROM first
    ON CONFLICT (key, part) DO UPDATE SET value = excluded.value RETURNING 1
  )
  SELECT CASE
    WHEN EXISTS (SELECT FROM written) THEN 'written'
    WHEN (SELECT revision FROM fences WHERE key = $1) = $2 THEN 'again'
    ELSE 'refused' END AS answer`;

let ticks = 0;
/** A time of this machine; two in one millisecond differ. */
const time = () => Date.now() * 1000 + (ticks++ % 1000);

interface Lease {
  readonly revision: number;
  readonly until: number;
}

export const wrongTables: readonly WrongTable[] = [
  {
    is: "has a number, and no write looks at it",
    refusedBy: "compares nothing",
    change: (right) => ({ ...right, write: asking(async () => true) }),
  },
  {
    is: "asks in one transaction, and writes in the next",
    refusedBy: "asks first, and writes second",
    change: (right) => ({
      ...right,
      async write(client, write) {
        if (!(await passes(client, write, NO_LOCK))) return "refused";
        return inTransaction(client, () => landAndPut(client, write));
      },
    }),
  },
  {
    is: "asks in the transaction that writes, and holds nothing",
    refusedBy: "lacks the lock",
    change: (right) => ({ ...right, write: WITHOUT_LOCK }),
  },
  {
    is: "asks in the statement that writes, and holds nothing",
    refusedBy: "lacks the lock",
    change: (right) => ({
      ...right,
      write: async (client, { key, token, part, value }) =>
        (await one<{ answer: Answer }>(client, IN_ONE_STATEMENT, [key, token, part, value]))?.answer ??
        "refused",
    }),
  },
  {
    is: "holds the row, after it has compared",
    refusedBy: "lacks the lock",
    change: (right) => ({
      ...right,
      write: asking(async (client, write) => {
        const isNewest = (await revisionOf(client, write.key)) === write.token;
        if (isNewest) await revisionOf(client, write.key, "FOR NO KEY UPDATE");
        return isNewest;
      }),
    }),
  },
  {
    is: "holds nothing, at SERIALIZABLE",
    refusedBy: "thinks that SERIALIZABLE is enough",
    change: (right) => ({
      ...right,
      write: (client, write) =>
        inTransaction(
          client,
          async () => ((await passes(client, write, NO_LOCK)) ? landAndPut(client, write) : "refused"),
          "BEGIN ISOLATION LEVEL SERIALIZABLE",
        ),
    }),
  },
  {
    is: "counts each key from 1, and is truncated",
    refusedBy: "counts anew",
    change: (right) => ({
      ...right,
      accept: async (client, key) =>
        (
          await one<{ revision: number }>(
            client,
            `INSERT INTO fences VALUES ($1, 1) ON CONFLICT (key) DO UPDATE SET revision = fences.revision + 1
             RETURNING revision::float8 AS revision`,
            [key],
          )
        )?.revision ?? Number.NaN,
      beginAnew: (client) => client.query("TRUNCATE fences, landed"),
    }),
  },
  {
    is: "comes from a backup, and nobody renews its numbers",
    refusedBy: "counts anew",
    change: (right) => ({
      ...right,
      beginAnew: (client) => client.query("TRUNCATE fences, landed; SELECT setval('numbers', 1)"),
    }),
  },
  {
    is: "lets writes share the row",
    refusedBy: "lets a command starve behind overlapping writes",
    change: (right) => ({ ...right, write: asking((client, write) => passes(client, write, "FOR SHARE")) }),
  },
  {
    is: "reads the highest number, and then writes the next",
    refusedBy: "takes one revision for two",
    change: (right) => ({
      ...right,
      async accept(client, key) {
        const next =
          ((await revisionOf(client, key)) ??
            (await one<{ n: number }>(client, "SELECT nextval('numbers')::float8 AS n"))?.n ??
            0) + 1;
        await client.query(
          "INSERT INTO fences VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET revision = $2",
          [key, next],
        );
        return next;
      },
    }),
  },
  {
    is: "does not know which parts have landed",
    refusedBy: "takes one revision for two",
    change: (right) => ({
      ...right,
      write: (client, write) =>
        inTransaction(client, async () => {
          if (!(await passes(client, write))) return "refused";
          await put(client, write);
          return "written";
        }),
    }),
  },
  {
    is: "refuses its newest command when a part of it comes again",
    refusedBy: "takes one revision for two",
    change: (right) => ({
      ...right,
      write: (client, write) =>
        inTransaction(client, async () => {
          if (!(await passes(client, write)) || !(await lands(client, write))) return "refused";
          await put(client, write);
          return "written";
        }),
    }),
  },
  {
    is: "notes what has landed, and writes it in the next transaction",
    refusedBy: "loses progress on a crash between",
    change: (right) => ({
      ...right,
      async write(client, write) {
        const noted = await inTransaction(client, async () => {
          if (!(await passes(client, write))) return "refused";
          return (await lands(client, write)) ? "written" : "again";
        });
        if (noted !== "written") return noted;
        return inTransaction(client, async () => {
          if (!(await passes(client, write))) return "refused";
          await put(client, write);
          return "written";
        });
      },
    }),
  },
  {
    is: "removes the fence with the data",
    refusedBy: "forgets the fence on insert or delete",
    change: (right) => ({
      ...right,
      write: asking(async (client, write) => {
        const revision = await revisionOf(client, write.key, "FOR NO KEY UPDATE");
        return revision === undefined || revision === write.token;
      }),
      async remove(client, key) {
        await client.query("DELETE FROM data WHERE key = $1", [key]);
        await client.query("DELETE FROM fences WHERE key = $1", [key]);
      },
      beginAnew: (client) => client.query("UPDATE fences SET revision = nextval('numbers')"),
    }),
  },
  {
    is: "compares only where something was written before",
    refusedBy: "forgets the fence on insert or delete",
    change: (right) => ({
      ...right,
      write: asking(async (client, write) => {
        const may = await passes(client, write);
        return may || (await client.query("SELECT FROM data WHERE key = $1", [write.key])).rowCount === 0;
      }),
    }),
  },
  {
    is: "takes the time of the machine that commands for a number",
    refusedBy: "compares a clock",
    change: (right) => ({
      ...right,
      async accept(client, key) {
        const now = time();
        await client.query(
          "INSERT INTO fences VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET revision = $2",
          [key, now],
        );
        return now;
      },
      write: asking(async (client, { key, token }) => {
        const newest = await revisionOf(client, key, "FOR NO KEY UPDATE");
        return newest !== undefined && newest <= token;
      }),
    }),
  },
  {
    is: "has a lease beside the fence, which a clock ends",
    refusedBy: "compares a clock",
    change: (right): FencedTable<pg.Client, Lease> => ({
      ...right,
      accept: async (client, key) => ({
        revision: await right.accept(client, key),
        until: Date.now() + 30_000,
      }),
      write: async (client, { token, ...write }) =>
        Date.now() > token.until ? "refused" : right.write(client, { ...write, token: token.revision }),
      remove: (client, key) => client.query("DELETE FROM data WHERE key = $1", [key]),
    }),
  },
];
