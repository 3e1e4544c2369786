/**
 * PGlite behind a port: PostgreSQL for machines that have none. Many clients, one session (see session-lock.ts).
 *
 * A database that runs inside a process blocks it while a statement runs: serve it from a process of its own.
 */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { dataDir } from "@electric-sql/pglite-prepopulatedfs";
import { ClientConnection } from "./client-connection.ts";
import { type DataFolder, lockFolder } from "./data-folder.ts";
import { ServeError } from "./errors.ts";
import { type Holder, SessionLock } from "./session-lock.ts";
import { failing, query, sync } from "./wire.ts";

const CLIENTS_MAX = 100;

export interface ServeOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Keeps the database in this folder; without it, it lives in memory. */
  readonly dir?: string;
  /** How long a client may be idle in a transaction while others wait, in milliseconds. Default 10000. */
  readonly idleMs?: number;
}

export interface PgliteServer {
  /** postgres://… on 127.0.0.1 */
  readonly url: string;
  readonly port: number;
  /** Resolves when the database itself has failed and answers no client any more. */
  readonly failed: Promise<ServeError>;
  /** Ends all connections and closes the database. A second call does nothing. */
  close(): Promise<void>;
}

/** Opens the database and listens on 127.0.0.1. Throws ServeError when the folder cannot be had, Node's error for the port. */
export async function servePglite(options: ServeOptions = {}): Promise<PgliteServer> {
  const { port = 0, dir, idleMs = 10_000 } = options;
  const server = createServer({ noDelay: true });
  // The port first: when it is taken, that is said at once, and no folder was touched.
  await once(server.listen(port, "127.0.0.1"), "listening");
  const at = (server.address() as AddressInfo).port;
  const held: Socket[] = [];
  const hold = (socket: Socket) => void held.push(socket.pause());
  server.on("connection", hold);
  const database = await Database.open(dir, idleMs).catch((error: unknown) => {
    server.close();
    for (const socket of held) socket.destroy();
    throw error;
  });
  server.off("connection", hold);
  server.on("connection", (socket) => database.accept(socket));
  for (const socket of held) database.accept(socket.resume());

  let closing: Promise<void> | undefined;
  return {
    url: `postgres://postgres@127.0.0.1:${at}/postgres`,
    port: at,
    failed: database.failed,
    close: () => {
      server.close();
      closing ??= database.close();
      return closing;
    },
  };
}

/** The database and the clients that are connected to it. */
class Database {
  readonly failed: Promise<ServeError>;
  readonly #db: PGlite;
  readonly #folder: DataFolder | undefined;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #lock: SessionLock;
  readonly #clients = new Set<ClientConnection>();
  /** Holds the session for the server's own statements. */
  readonly #server: Holder = { evict: () => {} };
  #closing = false;
  #fail: (error: ServeError) => void = () => {};

  static async open(dir: string | undefined, idleMs: number): Promise<Database> {
    const folder = dir === undefined ? undefined : await lockFolder(dir);
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
      return new Database(db, settings, idleMs, folder);
    } catch (error) {
      await folder?.release();
      const text = error instanceof Error ? error.message : String(error);
      throw new ServeError(`${dir === undefined ? "the database in memory" : `the folder ${dir}`}: ${text}`, {
        cause: error,
      });
    }
  }

  constructor(
    db: PGlite,
    settings: Readonly<Record<string, string>>,
    idleMs: number,
    folder: DataFolder | undefined,
  ) {
    this.#db = db;
    this.#folder = folder;
    this.#settings = settings;
    this.#lock = new SessionLock(idleMs, () => this.#rollback());
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  accept(socket: Socket): void {
    const client = new ClientConnection(socket, this.#settings, {
      run: (bytes, open) =>
        this.#lock.run(client, async () => {
          const kept = await this.#run(bytes, (data) => client.write(data));
          return open || kept;
        }),
      disconnected: () => this.#disconnected(client),
    });
    if (this.#clients.size < CLIENTS_MAX) this.#clients.add(client);
    else client.end("53300", "sorry, too many clients already");
  }

  #disconnected(client: ClientConnection): void {
    this.#clients.delete(client);
    this.#lock.release(client);
    // Settings and prepared statements belong to the one session, and stay in it until no client is left that needs them.
    if (this.#clients.size === 0 && !this.#closing) {
      void this.#lock.run(this.#server, () => this.#run(query("DISCARD ALL")));
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

  /**
   * A half-sent batch is a transaction of its own, and a Sync would commit it. So it is made to fail first, as PostgreSQL
   * does when the connection ends; then the Sync ends the batch, and the failure that makes the database ignore everything.
   */
  async #rollback(): Promise<void> {
    await this.#run(failing);
    if (await this.#run(sync)) await this.#run(query("ROLLBACK"));
  }

  #broken(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.#fail(new ServeError(`the embedded database has failed: ${text}`, { cause: error }));
    for (const client of this.#clients) client.end("57P02", "the embedded database has failed");
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const client of this.#clients) client.end("57P01", "the server is closed");
    // Under the lock: whatever runs is finished, whatever was left open is rolled back.
    await this.#lock.run(this.#server, async () => {
      await this.#db.close().catch((error: unknown) => this.#broken(error));
      await this.#folder?.release();
      return false;
    });
  }
}
