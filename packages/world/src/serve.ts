/**
 * PGlite behind a port: PostgreSQL for machines that have none. Many clients, one session (see turns.ts).
 *
 * A database that runs inside this process blocks it while a statement runs; that is why it is served by a process of
 * its own, `main.ts`.
 */
import { existsSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { dataDir } from "@electric-sql/pglite-prepopulatedfs";
import { WorldError } from "./errors.ts";
import { type Folder, takeFolder } from "./folder.ts";
import { Guest } from "./guest.ts";
import { type Taker, Turns } from "./turns.ts";
import { query, sync } from "./wire.ts";

const CLIENTS_MAX = 100;

export interface ServeOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Keeps the table in this folder; without it, it lives in memory. */
  readonly dir?: string;
  /** How long a client may sit in a transaction, doing nothing, while others wait. */
  readonly patienceMs?: number;
}

export interface Served {
  /** postgres://… on 127.0.0.1 */
  readonly url: string;
  readonly port: number;
  /** Resolves when the database itself has failed; it answers nobody any more. */
  readonly failed: Promise<WorldError>;
  /** Sends all clients away and closes the database. A second call does nothing. */
  close(): Promise<void>;
}

/** Opens the database and listens on 127.0.0.1. Throws WorldError when the port or the folder cannot be had. */
export async function serveWorld(options: ServeOptions = {}): Promise<Served> {
  const { port = 0, dir, patienceMs = 10_000 } = options;
  const server = createServer({ noDelay: true });
  // The port first: when it is taken, that is said at once, and no folder was touched.
  const at = await listen(server, port);
  const held: Socket[] = [];
  const hold = (socket: Socket) => void held.push(socket.pause());
  server.on("connection", hold);
  const house = await House.open(dir, patienceMs).catch((error: unknown) => {
    server.close();
    for (const socket of held) socket.destroy();
    throw error;
  });
  server.off("connection", hold);
  server.on("connection", (socket) => house.enter(socket));
  for (const socket of held) house.enter(socket.resume());

  let closing: Promise<void> | undefined;
  return {
    url: `postgres://postgres@127.0.0.1:${at}/postgres`,
    port: at,
    failed: house.failed,
    close: () => {
      server.close();
      closing ??= house.close();
      return closing;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why =
        error.code === "EADDRINUSE"
          ? "another program has it. Take another one with --port, or 0 for any that is free"
          : error.code === "EACCES"
            ? "this user may not take it. Take one above 1023 with --port"
            : error.message;
      reject(new WorldError(`port ${port} on 127.0.0.1: ${why}`, { cause: error }));
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/** The database and everybody who is connected to it. */
class House {
  readonly failed: Promise<WorldError>;
  readonly #db: PGlite;
  readonly #folder: Folder | undefined;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #turns: Turns;
  readonly #guests = new Set<Guest>();
  /** Takes turns for the house itself. */
  readonly #landlord: Taker = { sendAway: () => {} };
  #closing = false;
  #fail: (error: WorldError) => void = () => {};

  static async open(dir: string | undefined, patienceMs: number): Promise<House> {
    const folder = dir === undefined ? undefined : await takeFolder(dir);
    try {
      const db = await PGlite.create({
        ...(folder && { dataDir: folder.data }),
        // An empty database that comes ready-made: to make one (initdb) would take five seconds, at every start.
        ...(!(folder && existsSync(folder.data)) && { loadDataDir: await dataDir() }),
      });
      const { rows } = await db.query<{ name: string; setting: string }>(
        `SELECT name, setting FROM pg_settings WHERE name IN ('server_version', 'server_encoding', 'client_encoding',
           'DateStyle', 'IntervalStyle', 'TimeZone', 'integer_datetimes', 'standard_conforming_strings')`,
      );
      const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
      return new House(db, settings, patienceMs, folder);
    } catch (error) {
      await folder?.leave();
      const text = error instanceof Error ? error.message : String(error);
      throw new WorldError(`${dir === undefined ? "the table in memory" : `the folder ${dir}`}: ${text}`, {
        cause: error,
      });
    }
  }

  constructor(
    db: PGlite,
    settings: Readonly<Record<string, string>>,
    patienceMs: number,
    folder: Folder | undefined,
  ) {
    this.#db = db;
    this.#folder = folder;
    this.#settings = settings;
    this.#turns = new Turns(patienceMs, () => this.#tidy());
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  enter(socket: Socket): void {
    const guest = new Guest(socket, this.#settings, {
      run: (bytes, open) =>
        this.#turns.take(guest, async () => {
          const kept = await this.#run(bytes, (data) => guest.write(data));
          return open || kept;
        }),
      left: () => this.#leave(guest),
    });
    if (this.#guests.size < CLIENTS_MAX) this.#guests.add(guest);
    else guest.end("53300", "sorry, too many clients already");
  }

  #leave(guest: Guest): void {
    this.#guests.delete(guest);
    this.#turns.leave(guest);
    // Settings and prepared statements belong to the one session, and stay in it until nobody is left who needs them.
    if (this.#guests.size === 0 && !this.#closing) {
      void this.#turns.take(this.#landlord, () => this.#run(query("DISCARD ALL")));
    }
  }

  /** Runs a batch; true when the session is in a transaction afterwards. */
  async #run(bytes: Uint8Array, onRawData: (data: Uint8Array) => void = () => {}): Promise<boolean> {
    try {
      await this.#db.execProtocolRawStream(bytes, { onRawData });
      return this.#db.isInTransaction();
    } catch (error) {
      this.#broken(error);
      return false;
    }
  }

  /** Sync ends a half-sent batch, and with it a failure that makes the database ignore everything up to a Sync. */
  async #tidy(): Promise<void> {
    if (await this.#run(sync)) await this.#run(query("ROLLBACK"));
  }

  #broken(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.#fail(new WorldError(`the embedded database has failed: ${text}`, { cause: error }));
    for (const guest of this.#guests) guest.end("57P02", "the embedded database has failed");
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const guest of this.#guests) guest.end("57P01", "the table is closed");
    // A turn of its own: whatever runs is finished, whatever was left open is rolled back.
    await this.#turns.take(this.#landlord, async () => {
      await this.#db.close().catch((error: unknown) => this.#broken(error));
      await this.#folder?.leave();
      return false;
    });
  }
}
