/**
 * What a client's session is, beside its transactions: its settings and its prepared statements. PGlite has one session; so
 * when another client comes, what the last one left is written down and cleared, and what the next one had is put back. Like
 * the registers of a processor when another process runs.
 *
 * 1. A client meets nothing that another client left in the session, whatever statement left it: all is discarded.
 * 2. A client finds its own settings and prepared statements again, if a statement of its own has made them. What a function
 *    has set is lost, as are the last values of sequences (currval).
 */
import type { Answer } from "./answers.ts";
import type { Traces } from "./batch.ts";
import type { Setting } from "./settings.ts";
import { parse, query, sync } from "./wire.ts";

/** Runs messages of the server's own in the session. */
export type Run = (bytes: Uint8Array) => Promise<Answer>;

interface Statement {
  readonly name: string;
  readonly text: string;
  /** The text is a PREPARE, not a Parse. */
  readonly isSql: boolean;
  readonly types: readonly number[];
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** What the client has set, the role last: other settings may need the rights that it takes away. */
const saveSettings = (names: readonly string[]) => `
  SELECT name, setting FROM pg_catalog.pg_show_all_settings() WHERE source = 'session'
  ${["role", ...names].map((name) => `UNION ALL SELECT ${quote(name)}, pg_catalog.current_setting(${quote(name)}, true)`).join(" ")}`;

const saveStatements = `
  SELECT name, statement, from_sql, pg_catalog.array_to_string(parameter_types::pg_catalog.oid[], ' ')
  FROM pg_catalog.pg_prepared_statements`;

export class SessionState {
  #settings: readonly Setting[];
  #statements: readonly Statement[] = [];
  #unnamed: Uint8Array | null = null;
  readonly #names = new Set<string>();
  #isTouched = false;

  constructor(settings: readonly Setting[]) {
    this.#settings = settings;
    this.#remember(settings.map(({ name }) => name));
  }

  /** The database lists no setting that a client has made up (my.name), so its name must be known. */
  #remember(names: readonly string[]): void {
    for (const name of names) if (name.includes(".")) this.#names.add(name);
  }

  /** The client's batch has run. */
  note({ touches, names, unnamed }: Traces): void {
    this.#isTouched ||= touches;
    this.#remember(names);
    if (unnamed !== undefined) this.#unnamed = unnamed;
  }

  /** Writes down what the session has become. It must be the client's, and in no transaction. */
  async save(run: Run): Promise<void> {
    if (!this.#isTouched) return;
    this.#isTouched = false;
    const settings = await run(query(saveSettings([...this.#names])));
    // Of a setting that was reset an empty one is left, and "none" is no role.
    this.#settings = settings.rows
      .map(([name, value]) => ({ name: name ?? "", value: value ?? "" }))
      .filter(({ name, value }) =>
        name === "role" ? value !== "none" : value !== "" || !this.#names.has(name),
      );
    const statements = await run(query(saveStatements));
    this.#statements = statements.rows.map(([name, text, fromSql, types]) => ({
      name: name ?? "",
      text: text ?? "",
      isSql: fromSql === "t",
      types: (types ?? "").split(" ").filter(Boolean).map(Number),
    }));
  }

  /** Puts back what `save` wrote down, into a session that is cleared. Resolves with a setting's failure. */
  async restore(run: Run): Promise<Answer["failure"]> {
    if (this.#settings.length > 0) {
      const calls = this.#settings.map(
        ({ name, value }) => `pg_catalog.set_config(${quote(name)}, ${quote(value)}, false)`,
      );
      const { failure } = await run(query(`SELECT ${calls.join(", ")}`));
      if (failure) return failure;
    }
    // Each for itself: one whose table is gone fails when it is used, and takes no other with it.
    for (const { name, text, isSql, types } of this.#statements)
      await run(isSql ? query(text) : Buffer.concat([parse(name, text, types), sync]));
    if (this.#unnamed) await run(Buffer.concat([this.#unnamed, sync]));
    return undefined;
  }
}

/** Takes everything out of the session. `user` is whose it was when the database was opened. */
export async function clearSession(run: Run, user: string): Promise<void> {
  // DISCARD does not take this back here.
  await run(query(`SET SESSION AUTHORIZATION ${quote(user)}`));
  await run(query("DISCARD ALL"));
}
