/**
 * Two connections in a forced order: a transaction of the reader's, and a president who raises the area's revision in the middle.
 *
 * The transaction passes gates: before each of its statements, at each person that it writes, and before its commit. At one of
 * them the president comes. Either nothing holds the area's row, then BLUE is accepted there and then; or it is held, then the
 * president waits until the transaction is over. Who wins that is decided by the row lock that the reader's SQL has taken.
 *
 * PGlite is a PostgreSQL with one session. So the president is played in the reader's own transaction, and only when no lock of it
 * would make another connection wait. The row's header says that. `test/race.test.ts` plays the same on a real server, with two
 * real connections, and every answer must get the same words there.
 *
 * One thing cannot be played on one session: a president who was first, and a step that waits for him in the middle of a statement.
 */
import type { Query } from "@shirts/learn/sql";

export const AREA = "north-america";
export const PEOPLE = 3;

/** Where the president has come: nowhere, since the transaction has fewer gates; or he was accepted at the gate; or he had to wait. */
export type Came = "nowhere" | "between" | "after";

export interface Raced<T> {
  readonly came: Came;
  /** What the reader's function resolved with. */
  readonly result: T | undefined;
  /** What the database said to it. */
  readonly error: string | undefined;
  /** The president's token; undefined when he came nowhere. */
  readonly token: number | undefined;
  /** Whether another transaction, at that gate, may hold the area's row in the same way: two that want to write it then wait for each other. */
  readonly isShared: boolean;
  /** The area's revision in the end. */
  readonly revision: number;
  /** What the people of the area wear in the end, and whether anybody of another area was touched. */
  readonly shirts: readonly string[];
  readonly others: readonly string[];
}

/** A place to race: PGlite, or a real server in the tests. */
export interface Track {
  /**
   * Plays `work` in one transaction on fresh tables whose area has `revision`; the president comes at gate `at` (from 1; 0: never).
   * The transaction is rolled back when `work` throws.
   */
  race<T>(work: (query: Query) => Promise<T>, at: number, revision?: number): Promise<Raced<T>>;
}

/** Plays it once for each gate. Ends with the first race that the president does not reach. */
export async function* raceEachGate<T>(
  track: Track,
  work: (query: Query) => Promise<T>,
  revision = 1,
): AsyncGenerator<Raced<T> & { readonly at: number }> {
  for (let at = 1; at <= GATES_MAX; at++) {
    const raced = await track.race(work, at, revision);
    if (raced.came === "nowhere") return;
    yield { ...raced, at };
  }
}

const GATES_MAX = 12;

/** The tables, and the trigger of the gate at each person. `pass_gate` is the track's own. */
export const TABLES = `
  CREATE TABLE areas (area text PRIMARY KEY, revision int NOT NULL);
  CREATE TABLE people (area text, person int, shirt text NOT NULL, PRIMARY KEY (area, person));
  CREATE TABLE race (at int NOT NULL, token int, shared bool);
  CREATE SEQUENCE gates;
  CREATE FUNCTION gate_of_a_person() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pass_gate(); RETURN NEW; END $$;
  CREATE TRIGGER gate BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION gate_of_a_person();`;

/** Everything as it is before a race. Another area is far ahead: who looks at all areas sees its revision. */
export const fresh = (revision: number, at: number) => `
  DELETE FROM areas; DELETE FROM people; DELETE FROM race;
  ALTER SEQUENCE gates RESTART;
  INSERT INTO areas VALUES ('${AREA}', ${revision}), ('south-america', ${revision + 50});
  INSERT INTO people SELECT area, person, 'white' FROM areas, generate_series(0, ${PEOPLE - 1}) AS person;
  INSERT INTO race VALUES (${at});`;

/** What the president does: the chapter's own statement. */
export const ACCEPT = `UPDATE areas SET revision = revision + 1 WHERE area = '${AREA}' RETURNING revision`;
