/** The world as its clients see it: the table of people, asked through one small pool of connections. */
import {
  type Area,
  type AreaVerdict,
  type Command,
  type Dye,
  type Wardrobe,
  wrongPeople,
} from "@shirts/story";
import pg from "pg";
import { explain, parseUrl, WorldError } from "./errors.ts";
import { graceful, PATIENCE, type Patience, persist, timeouts } from "./patience.ts";
import { type Prepare, prepareWorld } from "./prepare.ts";
import * as sql from "./sql.ts";

/** Who paints, and how many steps a job has. */
export interface Stroke {
  readonly steps: number;
  readonly node: string;
}

/** Where the table is when nobody says otherwise: what `pnpm world` serves and `docker compose up` starts. PGlite takes any password. */
export const DEFAULT_DATABASE_URL = "postgres://postgres:postgres@127.0.0.1:5432/postgres";

/**
 * Every function throws WorldError when the database is gone or says no; all wait until the table has answered, within
 * their `Patience`. What may be done twice (all but `prepare`, `command`, `verdict` and `stripes`) is tried again for a
 * while when a connection is lost or the server restarts.
 */
export interface World {
  /** Makes a fresh world: everybody in white, no command, no step. Keeps what is right already. */
  prepare(options?: Prepare): Promise<void>;
  /** Accepts a command: raises the area's revision and writes the command down, both or none. `stage` has the workers for it. */
  command(area: Area, shirt: Dye, stage?: string): Promise<Command>;
  /** Whether this world has accepted exactly this command: area, revision and shirt. */
  accepted(command: Command): Promise<boolean>;
  /** Notes that the broker has the command. */
  confirm(command: Command): Promise<void>;
  /** Commands of a stage that the broker may not have, oldest first; only those accepted at least `forMs` ago. */
  unconfirmed(stage?: string, forMs?: number): Promise<Command[]>;
  /** The newest command of each area, when it is of this stage and not all its steps have landed. */
  unfinished(stage?: string): Promise<Command[]>;
  /**
   * Paints a step, unasked. `stale`: a newer command had been accepted when the step landed. Throws when the step's people
   * are not in the table.
   */
  paint(command: Command, step: number, stroke: Stroke): Promise<{ stale: boolean }>;
  /** Like `paint`, behind the fence. False: a newer command was accepted, and nobody was painted. */
  paintFenced(command: Command, step: number, stroke: Stroke): Promise<boolean>;
  /** The first step of this command that has not landed, for a walk in `steps` steps; 0 when others walked in another number. */
  resume(command: Command, steps: number): Promise<number>;
  /** The newest revision of each area; 0 before its first command. */
  revisions(): Promise<Map<Area, number>>;
  /** Counts the table: one verdict for each area of this world. */
  verdict(): Promise<AreaVerdict[]>;
  /** What people wear along an area, in `buckets` parts from the first person to the last. */
  stripes(area: Area, buckets?: number): Promise<Wardrobe[]>;
  /** Ends the connections; waits for statements that run. A second call does nothing. */
  close(): Promise<void>;
}

export interface OpenOptions extends Patience {
  /** What the server calls this client (application_name). */
  readonly name?: string;
}

/** Connects to the database and asks for a sign of life; touches no table. Throws WorldError. */
export async function openWorld(url: string, options: OpenOptions = {}): Promise<World> {
  const { name = "shirts", ...given } = options;
  const patience = { ...PATIENCE, ...given };
  const place = parseUrl(url);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    // A worker runs a few routines, each paints one step at a time.
    max: 4,
    ...timeouts(patience),
  });
  // A resting connection that breaks is no news: the pool has dropped it, and the next statement opens another.
  pool.on("error", () => {});
  const table = new Table(pool, patience, (error) => explain(error, place));
  try {
    await table.ask("SELECT 1");
    return table;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

class Table implements World {
  readonly #pool: pg.Pool;
  readonly #patience: Required<Patience>;
  readonly #explain: (error: unknown) => WorldError;
  #closing: Promise<void> | undefined;

  constructor(pool: pg.Pool, patience: Required<Patience>, explain: (error: unknown) => WorldError) {
    this.#pool = pool;
    this.#patience = patience;
    this.#explain = explain;
  }

  /** One try. */
  async ask<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>> {
    try {
      return await this.#query<Row>(text, values);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** For statements that may run twice. */
  async #persist<Row extends pg.QueryResultRow>(
    text: string,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>> {
    try {
      return await persist(() => this.#query<Row>(text, values), this.#patience.retryMs);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  #query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<pg.QueryResult<Row>> {
    const query = { text, values, query_timeout: graceful(this.#patience.askMs) };
    return this.#pool.query<Row>(query);
  }

  async prepare(options: Prepare = {}): Promise<void> {
    try {
      await prepareWorld(this.#pool, this.#patience.prepareMs, options);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async command(area: Area, shirt: Dye, stage = ""): Promise<Command> {
    const { rows } = await this.ask<{ revision: number }>(sql.command, [area, shirt, stage]);
    const [row] = rows;
    if (!row) throw new WorldError(`nobody lives in ${area}: this world was prepared without it`);
    return { area, shirt, revision: row.revision };
  }

  async accepted({ area, revision, shirt }: Command): Promise<boolean> {
    const { rows } = await this.#persist<{ accepted: boolean }>(sql.accepted, [area, revision, shirt]);
    return rows[0]?.accepted ?? false;
  }

  async confirm({ area, revision }: Command): Promise<void> {
    await this.#persist(sql.confirm, [area, revision]);
  }

  async unconfirmed(stage = "", forMs = 0): Promise<Command[]> {
    const { rows } = await this.#persist<Command>(sql.unconfirmed, [stage, forMs]);
    return rows.map(({ area, shirt, revision }) => ({ area, shirt, revision }));
  }

  async unfinished(stage = ""): Promise<Command[]> {
    const { rows } = await this.#persist<Command>(sql.unfinished, [stage]);
    return rows.map(({ area, shirt, revision }) => ({ area, shirt, revision }));
  }

  async paint(command: Command, step: number, stroke: Stroke): Promise<{ stale: boolean }> {
    const { rows } = await this.#persist<Met & { stale: boolean }>(
      sql.paint,
      stepValues(command, step, stroke),
    );
    const [row] = rows;
    if (!row) throw new WorldError(`nobody lives in ${command.area}: this world was prepared without it`);
    checkMet(command, step, row);
    return { stale: row.stale };
  }

  async paintFenced(command: Command, step: number, stroke: Stroke): Promise<boolean> {
    const { rows } = await this.#persist<Met & { passed: boolean }>(
      sql.paintFenced,
      stepValues(command, step, stroke),
    );
    const [row] = rows;
    if (!row?.passed) return false;
    checkMet(command, step, row);
    return true;
  }

  async resume({ area, revision }: Command, steps: number): Promise<number> {
    const { rows } = await this.#persist<{ step: number }>(sql.resume, [area, revision, steps]);
    return rows[0]?.step ?? 0;
  }

  async revisions(): Promise<Map<Area, number>> {
    const { rows } = await this.#persist<{ area: Area; revision: number }>(sql.revisions);
    return new Map(rows.map(({ area, revision }) => [area, revision]));
  }

  async verdict(): Promise<AreaVerdict[]> {
    const { rows } = await this.ask<VerdictRow>(sql.verdict);
    return rows.map(({ commanded, ...row }) => ({
      ...row,
      commanded: commanded ?? undefined,
      wrong: wrongPeople(row.people, commanded ?? undefined, row.wearing),
    }));
  }

  async stripes(area: Area, buckets = 100): Promise<Wardrobe[]> {
    const { rows } = await this.ask<{ bucket: number; wearing: Wardrobe }>(sql.stripes, [area, buckets]);
    const stripes: Wardrobe[] = Array.from({ length: buckets }, () => ({}));
    for (const { bucket, wearing } of rows) stripes[bucket] = wearing;
    return stripes;
  }

  close(): Promise<void> {
    this.#closing ??= this.#pool.end();
    return this.#closing;
  }
}

type VerdictRow = Omit<AreaVerdict, "commanded" | "wrong"> & { readonly commanded: Dye | null };

function stepValues({ area, revision, shirt }: Command, step: number, { steps, node }: Stroke): unknown[] {
  return [area, revision, step, steps, shirt, node];
}

/** People whom a step has painted, and those whom it should have met. */
interface Met {
  readonly met: number;
  readonly people: number;
}

/** A crash of PostgreSQL empties the table of people (it is UNLOGGED): painting nobody is no success then. */
function checkMet({ area }: Command, step: number, { met, people }: Met): void {
  if (met === people) return;
  throw new WorldError(
    `the people are gone: step ${step} of ${area} met ${met} of ${people}. A crash of PostgreSQL empties their table: prepare the world again (\`npm start\` does)`,
  );
}
