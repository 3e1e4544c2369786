/** The databases that the same laws are tried on: PGlite always, PostgreSQL when DATABASE_URL names one. */
import { randomUUID } from "node:crypto";
import { servePglite } from "@shirts/pglite-server";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";

/** One database of a test's own. */
export interface Database {
  /** Another session of its own. */
  connect(): Promise<pg.Client>;
  /** Several sessions behind one name. */
  pool(): pg.Pool;
  /** Ends all sessions, and the database. */
  drop(): Promise<void>;
}

export interface Kind {
  readonly name: string;
  open(): Promise<Database>;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  // A test may end a session on purpose; what it asked then rejects anyway.
  client.on("error", () => {});
  await client.connect();
  return client;
}

function database(url: string, drop: () => Promise<void>): Database {
  const clients: (pg.Client | pg.Pool)[] = [];
  return {
    pool() {
      const pool = new pg.Pool({ connectionString: url, max: 2 });
      pool.on("error", () => {});
      clients.push(pool);
      return pool;
    },
    async connect() {
      const client = await connect(url);
      clients.push(client);
      return client;
    },
    async drop() {
      await Promise.all(clients.map((client) => client.end()));
      await drop();
    },
  };
}

export const pglite: Kind = {
  name: "PGlite",
  async open() {
    const served = await servePglite({ idleMs: 300 });
    return database(served.url, () => served.close());
  },
};

async function run(url: string, text: string): Promise<void> {
  const client = await connect(url);
  await client.query(text).finally(() => client.end());
}

function postgres(url: string): Kind {
  return {
    name: "PostgreSQL",
    async open() {
      const name = `fence_test_${randomUUID().slice(0, 8)}`;
      await run(url, `CREATE DATABASE ${name}`);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return database(own.href, () => run(url, `DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

const url = process.env.DATABASE_URL;
if (url === undefined && process.env.REQUIRE_SERVICES === "1")
  throw new Error("REQUIRE_SERVICES=1, and DATABASE_URL names no PostgreSQL");

export const realPostgres: Kind | undefined = url === undefined ? undefined : postgres(url);
/** Stands in the titles of tests that are skipped without it. */
export const NO_POSTGRES = realPostgres ? "" : ": no real PostgreSQL (set DATABASE_URL)";
export const kinds: readonly Kind[] = realPostgres ? [pglite, realPostgres] : [pglite];

/** A database of this kind for the tests of one `describe`; `use` gets it before the first. */
export function onDatabase(kind: Kind | undefined, use: (database: Database) => Promise<void>): void {
  let opened: Database | undefined;
  beforeAll(async () => {
    opened = await kind?.open();
    if (opened) await use(opened);
  });
  afterAll(() => opened?.drop());
}
