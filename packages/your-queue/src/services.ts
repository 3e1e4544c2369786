/** The servers that a play needs: those that the environment names, else this machine's own, else PGlite. */
import { randomUUID } from "node:crypto";
import { UsageError } from "@shirts/command-line";
import { servePglite } from "@shirts/pglite-server";
import { NotInstalledError, startPostgres, startRedis } from "@shirts/servers";
import pg from "pg";
import { startMailServer } from "./mail/server.ts";
import { openPool } from "./pool.ts";
import type { QueueFacts } from "./queues.ts";
import { startStore } from "./store/server.ts";

/** What one play works on: nothing of another play is in it. */
export interface Stage {
  readonly db: pg.Pool;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly queue: string;
  /** An empty store or mail server, when the play is about one; else "". */
  readonly outsideUrl: string;
  close(): Promise<void>;
}

export interface Services {
  /** Such as `PGlite, Redis`. */
  readonly names: string;
  newStage(outside?: QueueFacts["outside"]): Promise<Stage>;
  close(): Promise<void>;
}

interface Server {
  readonly name: string;
  readonly url: string;
  close(): Promise<unknown>;
}

const OUTSIDE = { store: startStore, mail: startMailServer } as const;

/** Opens what the queue needs. Throws UsageError, in one line, when it is not on this machine. */
export async function openServices(needs: QueueFacts["needs"]): Promise<Services> {
  const redis = needs.redis ? await openRedis() : undefined;
  const postgres = needs.postgres ? await openPostgres() : undefined;
  const named = process.env.DATABASE_URL;
  const database =
    postgres ?? (named ? { name: "PostgreSQL", url: named, close: async () => {} } : undefined);
  return {
    names: [database?.name ?? "PGlite", redis?.name].filter((name) => name !== undefined).join(", "),
    async newStage(outside) {
      const own = database ? await newDatabase(database.url) : await newPglite();
      const db = openPool(own.url);
      const server = outside && (await OUTSIDE[outside]());
      return {
        db,
        databaseUrl: own.url,
        redisUrl: redis?.url ?? "",
        outsideUrl: server?.url ?? "",
        queue: `shirts-${randomUUID().slice(0, 8)}`,
        async close() {
          await server?.close();
          await db.end();
          await own.close();
        },
      };
    },
    async close() {
      await Promise.all([redis?.close(), postgres?.close()]);
    },
  };
}

function openRedis(): Promise<Server> {
  return open("Redis", "REDIS_URL=redis://127.0.0.1:6379", process.env.REDIS_URL, startRedis);
}

function openPostgres(): Promise<Server> {
  const example = "DATABASE_URL=postgres://USER:PASSWORD@127.0.0.1:5432/NAME";
  return open("PostgreSQL", example, process.env.DATABASE_URL, startPostgres);
}

async function open(
  name: string,
  example: string,
  url: string | undefined,
  start: () => Promise<{ url: string; version: string; stop(): Promise<void> }>,
): Promise<Server> {
  if (url) return { name, url, close: async () => {} };
  try {
    const server = await start();
    return { name: `${name} ${server.version}`, url: server.url, close: () => server.stop() };
  } catch (error) {
    if (!(error instanceof NotInstalledError)) throw error;
    throw new UsageError(
      `This queue needs ${name}: ${error.message.replace(/\.$/, "")}. Or name one that runs: ${example}`,
    );
  }
}

async function newPglite(): Promise<Server> {
  const { url, close } = await servePglite();
  return { name: "PGlite", url, close };
}

/** A database of its own beside the one that the URL names: nobody's tables are touched. */
async function newDatabase(url: string): Promise<Server> {
  const name = `your_queue_${randomUUID().slice(0, 8)}`;
  await run(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { name, url: own.href, close: () => run(url, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
