/** The race on a real PostgreSQL: two connections, and a third one that holds the gate. */
import type { Query } from "@shirts/learn/sql";
import pg from "pg";
import { vi } from "vitest";
import { ACCEPT, AREA, fresh, type Raced, TABLES, type Track } from "../exercises/support/race.ts";

const SCHEMA = "learn_race";
/** Whoever comes to the gate waits for this advisory lock, which the keeper holds. */
const GATE = 771;

const PASS_GATE = `
  CREATE FUNCTION pass_gate() RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('gates') = (SELECT at FROM race) THEN
        PERFORM pg_advisory_lock_shared(${GATE});
        PERFORM pg_advisory_unlock_shared(${GATE});
      END IF;
    END $$;`;

export class PostgresTrack implements Track {
  readonly #worker: pg.Client;
  readonly #president: pg.Client;
  readonly #keeper: pg.Client;

  constructor(url: string) {
    const client = () => new pg.Client({ connectionString: url, options: `-c search_path=${SCHEMA}` });
    [this.#worker, this.#president, this.#keeper] = [client(), client(), client()];
  }

  get #all() {
    return [this.#worker, this.#president, this.#keeper];
  }

  async open(): Promise<void> {
    await Promise.all(this.#all.map((client) => client.connect()));
    await this.#keeper.query(
      `DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE; CREATE SCHEMA ${SCHEMA}; ${TABLES} ${PASS_GATE}`,
    );
  }

  async close(): Promise<void> {
    await this.#keeper.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
    await Promise.all(this.#all.map((client) => client.end()));
  }

  async race<T>(work: (query: Query) => Promise<T>, at: number, revision = 1): Promise<Raced<T>> {
    await this.#keeper.query(fresh(revision, at));
    await this.#keeper.query("SELECT pg_advisory_lock($1)", [GATE]);
    let isOver = false;
    const transaction = this.#transact(work).finally(() => {
      isOver = true;
    });
    await vi.waitUntil(async () => isOver || (await this.#waits(this.#worker)), {
      timeout: 10_000,
      interval: 2,
    });
    let token: number | undefined;
    let came: Raced<T>["came"] = "nowhere";
    let accepted: Promise<unknown> | undefined;
    let isShared = false;
    if (!isOver) {
      isShared = await this.#mayShare();
      accepted = this.#president.query<{ revision: number }>(ACCEPT).then(({ rows }) => {
        token = rows[0]?.revision;
      });
      await vi.waitUntil(async () => token !== undefined || (await this.#waits(this.#president)), {
        timeout: 10_000,
        interval: 2,
      });
      came = token === undefined ? "after" : "between";
    }
    await this.#keeper.query("SELECT pg_advisory_unlock($1)", [GATE]);
    const { result, error } = await transaction;
    await accepted;
    // Where nothing is held he was accepted at once: there is nothing to share.
    isShared &&= came === "after";
    return { came, result, error, token, isShared, ...(await this.#whatIs()) };
  }

  /** Whether a third one may take the table in SHARE MODE and the row FOR SHARE now. */
  async #mayShare(): Promise<boolean> {
    await this.#keeper.query("BEGIN");
    try {
      await this.#keeper.query("LOCK TABLE areas IN SHARE MODE NOWAIT");
      await this.#keeper.query("SELECT FROM areas WHERE area = $1 FOR SHARE NOWAIT", [AREA]);
      return true;
    } catch {
      return false;
    } finally {
      await this.#keeper.query("ROLLBACK");
    }
  }

  /** The president has raised the revision and not committed; the work waits for him, and goes on when he has. */
  async behind<T>(work: (query: Query) => Promise<T>): Promise<Pick<Raced<T>, "result" | "shirts">> {
    await this.#keeper.query(fresh(1, 0));
    await this.#president.query("BEGIN");
    await this.#president.query(ACCEPT);
    const transaction = this.#transact(work);
    await vi.waitUntil(() => this.#waits(this.#worker), { timeout: 10_000, interval: 2 });
    await this.#president.query("COMMIT");
    const { result } = await transaction;
    return { result, ...(await this.#whatIs()) };
  }

  async #transact<T>(work: (query: Query) => Promise<T>): Promise<Pick<Raced<T>, "result" | "error">> {
    const worker = this.#worker;
    const gate = () => worker.query("SELECT pass_gate()");
    await worker.query("BEGIN");
    try {
      const result = await work(async (text, values = []) => {
        await gate();
        const { rows, rowCount } = await worker.query(text, [...values]);
        return { rows, rowCount: rowCount ?? 0 };
      });
      await gate();
      await worker.query("COMMIT");
      return { result, error: undefined };
    } catch (error) {
      await worker.query("ROLLBACK");
      return { result: undefined, error: (error as Error).message };
    }
  }

  /** Whether the client's statement waits for a lock. */
  async #waits(client: pg.Client): Promise<boolean> {
    const { processID } = client as unknown as { readonly processID: number };
    const text = "SELECT FROM pg_locks WHERE pid = $1 AND NOT granted";
    return (await this.#keeper.query(text, [processID])).rows.length > 0;
  }

  async #whatIs(): Promise<Pick<Raced<unknown>, "revision" | "shirts" | "others">> {
    const areas = await this.#keeper.query("SELECT revision FROM areas WHERE area = $1", [AREA]);
    const people = await this.#keeper.query("SELECT area, shirt FROM people ORDER BY area, person");
    const shirtsOf = (own: boolean) =>
      people.rows.filter(({ area }) => (area === AREA) === own).map(({ shirt }) => shirt as string);
    return { revision: areas.rows[0]?.revision, shirts: shirtsOf(true), others: shirtsOf(false) };
  }
}
