/**
 * The databases that the same laws are tried on: PGlite always, PostgreSQL when DATABASE_URL names one. `pnpm world`, which
 * it may name, too, is no PostgreSQL.
 */
import { randomUUID } from "node:crypto";
import { servePglite } from "@shirts/pglite-server";
import { afterAll, beforeAll } from "vitest";
import { type OpenOptions, openTable, type Table } from "../../src/table.ts";
import { openClient } from "./sql.ts";

/** One database of a test's own. */
export interface Database {
  readonly url: string;
  drop(): Promise<void>;
}

export interface Kind {
  readonly name: string;
  open(): Promise<Database>;
}

const pglite: Kind = {
  name: "PGlite",
  async open() {
    const served = await servePglite({ idleMs: 300 });
    return { url: served.url, drop: () => served.close() };
  },
};

/** A new database beside the one that the url names, dropped at the end: nobody's tables are touched. */
function postgres(url: string): Kind {
  return {
    name: "PostgreSQL",
    async open() {
      const name = `shirts_test_${randomUUID().slice(0, 8)}`;
      await run(url, `CREATE DATABASE ${name}`);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return { url: own.href, drop: () => run(url, `DROP DATABASE ${name} WITH (FORCE)`) };
    },
  };
}

/**
 * A database of this kind and a table on it, for the tests of one `describe`; gone after them. `use` gets both before the
 * first test.
 */
export function onTable(
  kind: Kind,
  use: (opened: { database: Database; table: Table }) => void,
  options?: OpenOptions,
): void {
  let database: Database | undefined;
  let table: Table | undefined;
  beforeAll(async () => {
    database = await kind.open();
    table = await openTable(database.url, options);
    use({ database, table });
  });
  afterAll(async () => {
    await table?.close();
    await database?.drop();
  });
}

async function run(url: string, text: string): Promise<void> {
  const client = await openClient(url);
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** The PostgreSQL that the url names, or why there is none. What does not answer counts as one: then its tests say so. */
export async function findPostgres(url: string | undefined): Promise<{ url: string } | { missing: string }> {
  if (!url) return { missing: "no real PostgreSQL (set DATABASE_URL)" };
  const table = await openTable(url, { name: "tests" }).catch(() => undefined);
  await table?.close();
  const { product } = table?.server ?? { product: "PostgreSQL" };
  return product === "PostgreSQL"
    ? { url }
    : { missing: `no real PostgreSQL (DATABASE_URL names ${product}, which is none)` };
}

const found = await findPostgres(process.env.DATABASE_URL);
if ("missing" in found && process.env.REQUIRE_SERVICES === "1") {
  throw new Error(`REQUIRE_SERVICES=1, and there is ${found.missing}`);
}

export const realPostgres: Kind | undefined = "url" in found ? postgres(found.url) : undefined;

export const NO_POSTGRES = "missing" in found ? found.missing : "";

export const kinds: readonly Kind[] = realPostgres ? [pglite, realPostgres] : [pglite];
