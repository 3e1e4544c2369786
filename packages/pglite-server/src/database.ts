/** The database, and the clients that take turns in its one session. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import type { Socket } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { dataDir } from "@electric-sql/pglite-prepopulatedfs";
import { type Answer, readAnswer, settle } from "./answers.ts";
import { type Batch, failing, REFUSED } from "./batch.ts";
import { ClientConnection } from "./client-connection.ts";
import { type DataFolder, lockFolder } from "./data-folder.ts";
import { ServeError } from "./errors.ts";
import { type Holder, SessionLock } from "./session-lock.ts";
import { clearSession } from "./session-state.ts";
import { query, refused, sync } from "./wire.ts";

const CLIENTS_MAX = 100;

/** What the database says of itself. */
interface Itself {
  readonly settings: Readonly<Record<string, string>>;
  readonly processId: number;
  readonly user: string;
}

export class Database {
  readonly failed: Promise<ServeError>;
  readonly #db: PGlite;
  readonly #folder: DataFolder | undefined;
  readonly #itself: Itself;
  readonly #lock: SessionLock;
  readonly #clients = new Set<ClientConnection>();
  /** Whose settings and statements are in the session. */
  #current: ClientConnection | undefined;
  /** Holds the session for the server's own statements. */
  readonly #server: Holder = { evict: () => {} };
  #fail: (error: ServeError) => void = () => {};

  static async open(dir: string | undefined, idleMs: number): Promise<Database> {
    const folder = dir === undefined ? undefined : await lockFolder(dir);
    try {
      const db = await PGlite.create({
        ...(folder && { dataDir: folder.data }),
        // An empty database that comes ready-made: to make one (initdb) would take five seconds, at every start.
        ...(!(folder && existsSync(folder.data)) && { loadDataDir: await dataDir() }),
      });
      return new Database(db, await ask(db), idleMs, folder);
    } catch (error) {
      await folder?.release();
      const text = error instanceof Error ? error.message : String(error);
      throw new ServeError(`${dir === undefined ? "the database in memory" : `the folder ${dir}`}: ${text}`, {
        cause: error,
      });
    }
  }

  constructor(db: PGlite, itself: Itself, idleMs: number, folder: DataFolder | undefined) {
    this.#db = db;
    this.#folder = folder;
    this.#itself = itself;
    this.#lock = new SessionLock(idleMs, () => this.#rollback());
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  accept(socket: Socket): void {
    const { processId, settings } = this.#itself;
    const client = new ClientConnection(socket, {
      settings,
      cancelKey: { processId, secret: randomBytes(4).readInt32BE() },
      run: (batch) => this.#lock.run(client, () => this.#serve(client, batch).catch(this.#broken)),
      cancel: (key) => {
        for (const other of this.#clients) if (other.hasKey(key)) this.#lock.cancel(other);
      },
      disconnected: () => {
        this.#clients.delete(client);
        this.#lock.release(client);
      },
    });
    if (this.#clients.size < CLIENTS_MAX) this.#clients.add(client);
    else client.end("53300", "sorry, too many clients already");
  }

  /** Runs a client's batch in its own session; true when the client must keep it. */
  async #serve(client: ClientConnection, { bytes, open, refusal, traces }: Batch): Promise<boolean> {
    if (!(await this.#exchange(client))) return false;
    const answer: Uint8Array[] = [];
    const kept = await this.#run(bytes, (data) => answer.push(data.slice()));
    const instead = refusal === undefined ? {} : { instead: { mark: REFUSED, failure: refused(refusal) } };
    client.write(settle(Buffer.concat(answer), { open, ...instead }));
    client.state?.note(traces);
    return open || kept;
  }

  /** Puts this client's settings and statements in the place of another's; false when one of its settings cannot be had. */
  async #exchange(client: ClientConnection): Promise<boolean> {
    if (this.#current === client) return true;
    const last = this.#current;
    this.#current = undefined;
    if (last && this.#clients.has(last)) await last.state?.save(this.#ask);
    await clearSession(this.#ask, this.#itself.user);
    const failed = await client.state?.restore(this.#ask);
    if (failed) client.end(failed.code, failed.text);
    else this.#current = client;
    return !failed;
  }

  /**
   * Runs a batch; true when the session is in a transaction afterwards. The bytes of the answer belong to the database's
   * memory, and the next statement writes over them.
   */
  async #run(bytes: Uint8Array, onRawData: (data: Uint8Array) => void = () => {}): Promise<boolean> {
    try {
      await this.#db.execProtocolRawStream(bytes, { onRawData });
      return this.#db.isInTransaction();
    } catch (error) {
      return this.#broken(error);
    }
  }

  /** Runs the server's own messages. */
  readonly #ask = async (bytes: Uint8Array): Promise<Answer> => {
    const answer: Uint8Array[] = [];
    await this.#run(new Uint8Array(bytes), (data) => answer.push(data.slice()));
    return readAnswer(Buffer.concat(answer));
  };

  /**
   * A half-sent batch is a transaction of its own, and a Sync would commit it. So it is made to fail first, as PostgreSQL
   * does when the connection ends; then the Sync ends the batch, and the failure that makes the database ignore everything.
   */
  async #rollback(): Promise<void> {
    await this.#run(failing);
    if (await this.#run(sync)) await this.#run(query("ROLLBACK"));
  }

  readonly #broken = (error: unknown): false => {
    const text = error instanceof Error ? error.message : String(error);
    this.#fail(new ServeError(`the embedded database has failed: ${text}`, { cause: error }));
    for (const client of this.#clients) client.end("57P02", "the embedded database has failed");
    return false;
  };

  async close(): Promise<void> {
    for (const client of this.#clients) client.end("57P01", "the server is closed");
    // Under the lock: whatever runs is finished, whatever was left open is rolled back.
    await this.#lock.run(this.#server, async () => {
      await this.#db.close().catch((error: unknown) => this.#broken(error));
      await this.#folder?.release();
      return false;
    });
  }
}

async function ask(db: PGlite): Promise<Itself> {
  const { rows: settings } = await db.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('server_version', 'server_encoding', 'client_encoding',
       'DateStyle', 'IntervalStyle', 'TimeZone', 'integer_datetimes', 'standard_conforming_strings')`,
  );
  const { rows: sessions } = await db.query<{ pid: number; name: string }>(
    "SELECT pg_backend_pid() AS pid, session_user::text AS name",
  );
  return {
    settings: Object.fromEntries(settings.map(({ name, setting }) => [name, setting])),
    processId: sessions[0]?.pid ?? 0,
    user: sessions[0]?.name ?? "",
  };
}
