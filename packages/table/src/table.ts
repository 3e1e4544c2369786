/** The table of people as its clients see it, asked through one small pool of connections. */
import type { Area, AreaVerdict, Colour, Command, Wardrobe } from "@shirts/story";
import pg from "pg";
import { type Address, parseAddress } from "./address.ts";
import type { Encryption } from "./encryption.ts";
import { explain, isAboutEncryption, type TableError } from "./errors.ts";
import type { Outbox } from "./outbox.ts";
import type { Prepare } from "./prepare.ts";
import { poolTimeouts, TIMEOUTS, type Timeouts } from "./retry.ts";
import { greet } from "./session.ts";
import { SqlTable } from "./sql-table.ts";

/** The node that paints, and how many steps a job has. */
export interface Stroke {
  readonly steps: number;
  readonly node: string;
}

/** What came of a fenced step. "landed before": another executor of this command has painted it; nobody is painted twice. */
export type Outcome = "painted" | "landed before" | "refused";

/** Where the table is when DATABASE_URL is not set: what `pnpm world` serves and `docker compose up` starts. PGlite takes any password. */
export const DEFAULT_DATABASE_URL = "postgres://postgres:postgres@127.0.0.1:5432/postgres";

/** What a database says that it is: "PostgreSQL" and "18.3", or "PGlite" and "0.5.8". */
export interface ServerName {
  readonly product: string;
  readonly version: string;
}

/**
 * Every function throws TableError when the database is gone or says no; all wait until the table has answered, within
 * their `Timeouts`. What may be done twice (all but `prepare`, `repopulate`, `command`, `verdict` and `stripes`) is tried again for a
 * while when a connection is lost or the server restarts.
 */
export interface Table extends Outbox {
  /** What the database said that it is when it was opened. */
  readonly server: ServerName;
  /** Makes a fresh world: everybody in white, no command, no step. Keeps what is right already. */
  prepare(options?: Prepare): Promise<void>;
  /**
   * Makes the people again where they are missing, in white, and keeps commands and world; resolves with these areas. For a
   * server that crashed or failed over: that empties the table of people. What is newest is unfinished there from then on.
   */
  repopulate(): Promise<Area[]>;
  /** Accepts a command: raises the area's revision and writes the command down, both or none. `stage` has the workers for it. */
  command(area: Area, shirt: Colour, stage?: string): Promise<Command>;
  /** Whether this world has accepted exactly this command: area, revision and shirt. */
  accepted(command: Command): Promise<boolean>;
  /**
   * Paints a step without the fence. `stale`: a newer command had been accepted when the step landed. Throws when the step's people
   * are not in the table, and WorldGoneError when the command is of another world.
   */
  paint(command: Command, step: number, stroke: Stroke): Promise<{ stale: boolean }>;
  /** Like `paint`, behind the fence. "refused": a newer command was accepted, and nobody was painted. */
  paintFenced(command: Command, step: number, stroke: Stroke): Promise<Outcome>;
  /** The first step of this command that has not landed, for a walk in `steps` steps; 0 when others walked in another number. */
  resume(command: Command, steps: number): Promise<number>;
  /**
   * The name of this world; a job, cancel or step of another one does not count here. Throws NoWorldError before the first
   * `prepare`, and when the tables are of another version.
   */
  world(): Promise<string | undefined>;
  /**
   * Gives this world a new name, and keeps people and commands. For a table that may have lost commits (a restored backup, a
   * failover of asynchronous replicas): revisions that were given twice would otherwise be taken for each other. Each area's
   * newest command is unfinished from then on: a step that landed under its number may have been the other's.
   */
  renew(): Promise<void>;
  /** The newest revision of each area; 0 before its first command. */
  revisions(): Promise<Map<Area, number>>;
  /** Counts the table: one verdict for each area of this world. */
  verdict(): Promise<AreaVerdict[]>;
  /** What people wear along an area, in `buckets` parts from the first person to the last. */
  stripes(area: Area, buckets?: number): Promise<Wardrobe[]>;
  /** Ends the connections; waits for statements that run. A second call does nothing. */
  close(): Promise<void>;
}

export interface OpenOptions extends Timeouts {
  /** What the server calls this client (application_name). */
  readonly name?: string;
}

/**
 * Connects to the database and asks what it is; touches no table. Throws TableError. Whether the connections are encrypted
 * is decided here, once.
 */
export async function openTable(url: string, options: OpenOptions = {}): Promise<Table> {
  const address = parseAddress(url);
  let failure: unknown;
  for (const ssl of address.encryptions) {
    try {
      return await open(address, ssl, options);
    } catch (error) {
      failure = error;
      if (!isAboutEncryption((error as TableError).cause)) break;
    }
  }
  throw failure;
}

async function open({ config, place }: Address, ssl: Encryption, options: OpenOptions): Promise<Table> {
  const { name = "shirts", ...given } = options;
  const timeouts = { ...TIMEOUTS, ...given };
  const pool = new pg.Pool({
    application_name: name,
    // A worker runs a few routines, each paints one step at a time.
    max: 4,
    ...poolTimeouts(timeouts),
    ...config,
    ssl,
    async onConnect(client) {
      // While a statement has it, the pool does not listen. The statement fails, and that is all the news there is.
      client.on("error", () => {});
      await greet(client, timeouts);
    },
  });
  // A resting connection that breaks is no news: the pool has dropped it, and the next statement opens another.
  pool.on("error", () => {});
  const table = new SqlTable(pool, timeouts, (error) => explain(error, place));
  try {
    await table.recognize();
    return table;
  } catch (error) {
    await pool.end();
    throw error;
  }
}
