/**
 * The fence as SQL. It has two halves: who writes *holds* a row that says which revision is the newest, and who accepts
 * *raises* the revision in the same row. A row has one holder, so a newer command is accepted before a write or after it,
 * and never in the middle.
 */
import { quoted } from "./input.ts";

/**
 * The row of a fence, kept until the transaction ends. If the newest revision is being raised right now, this waits, and
 * then looks at the row as it has become (at READ COMMITTED; above it, it fails with 40001). `condition` names the key *and*
 * the revision: compared later, or in another statement, the row would be held in vain.
 *
 * How long one who accepts waits: for the writer that holds the row, and for those that asked before. A row has one queue,
 * and a writer that asks later stands behind. FOR SHARE would keep the promise, too, but writers would share the row, and
 * each new one would pass the one that waits to accept: it might wait for ever.
 */
export const held = (columns: string, row: string, condition: string): string => `
    SELECT ${columns}
    FROM ${row} WHERE ${condition}
    FOR NO KEY UPDATE`;

/** Whoever raises changes the row that writers hold. `changes` reads the row as it is when nobody else holds it any more. */
export const raised = (row: string, changes: string, condition: string, answer: string): string => `
    UPDATE ${row} SET ${changes} WHERE ${condition}
    RETURNING ${answer}`;

/** Whether this is still the transaction that holds the row: not without BEGIN, and not on another connection of a pool. */
export const isStillOpen =
  'SELECT pg_current_xact_id_if_assigned()::text IS NOT DISTINCT FROM $1::text AS "isOpen"';

/** How a fence's schema and tables are called. */
export interface Names {
  readonly schema: string;
  readonly revisions: string;
  readonly outbox: string;
}

/**
 * Far beyond every number that was given before, also by a table that is lost. By chance, since a backup may be restored twice:
 * the second time it must not jump to where it jumped the first time. Safe integers have room for some two thousand jumps.
 */
const beyond = (number: string) => `${number} + (1::bigint << 32) + (random() * (1::bigint << 42))::bigint`;

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The statements of one fence. All names are quoted here. */
export function statements(names: Names) {
  const schema = quoted(names.schema);
  const revisions = `${schema}.${quoted(names.revisions)}`;
  const outbox = `${schema}.${quoted(names.outbox)}`;
  const numbers = `${schema}.${quoted(`${names.revisions}_numbers`)}`;
  const counter = `${literal(numbers)}::regclass`;
  const next = `nextval(${counter})`;

  return {
    /**
     * One counter for all keys, so no number is given twice, whatever is deleted or truncated. Its first number is far from 1, by
     * chance: a fence that was dropped and created again must not give a zombie's number to somebody else. Only a counter
     * that has given none is set, so a fence that is in use stays as it is. One statement, so that a program may call it at
     * each start, and several at once: they do it one after the other.
     */
    create: `DO ${literal(`
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtext(${literal(revisions)}));
    IF to_regnamespace(${literal(schema)}) IS NULL THEN
      CREATE SCHEMA ${schema};
    END IF;
    CREATE TABLE IF NOT EXISTS ${revisions} (key text PRIMARY KEY, revision bigint NOT NULL);
    CREATE TABLE IF NOT EXISTS ${outbox} (
      id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key      text NOT NULL,
      revision bigint NOT NULL,
      message  jsonb NOT NULL
    );
    CREATE SEQUENCE IF NOT EXISTS ${numbers};
    PERFORM setval(${counter}, ${beyond("last_value")}) FROM ${numbers} WHERE NOT is_called;
  END`)}`,

    /**
     * A number is drawn *after* the row is ours: drawn before (EXCLUDED.revision), it would be lower than that of one who held
     * the row meanwhile, and the older one would be the newest.
     */
    accept: `
  WITH raised AS (
    INSERT INTO ${revisions} AS known (key, revision) VALUES ($1::text, ${next})
    ON CONFLICT (key) DO UPDATE SET revision = ${next}
    RETURNING key, known.revision
  ), told AS (
    INSERT INTO ${outbox} (key, revision, message)
    SELECT key, revision, $2::text::jsonb FROM raised WHERE $2::text IS NOT NULL
  )
  SELECT revision::float8 AS revision FROM raised`,

    /** The transaction's number is for `isStillOpen`. */
    guard: `
  WITH held AS (${held("key", revisions, "key = $1::text AND revision = $2::bigint")}
  )
  SELECT EXISTS (SELECT FROM held) AS "mayWrite",
    EXISTS (SELECT FROM ${revisions} WHERE key = $1::text) AS "isKnown",
    pg_current_xact_id()::text AS transaction`,

    newest: `SELECT key, revision::float8 AS revision FROM ${revisions} WHERE key = ANY ($1::text[])`,

    waiting: `
  SELECT id::text AS id, key, revision::float8 AS revision, message
  FROM ${outbox} AS waiting ORDER BY waiting.id LIMIT $1::int`,
    confirm: `DELETE FROM ${outbox} WHERE id = $1::bigint`,

    /** Numbers that a lost commit gave are not given again, and no key has a number that somebody out there may hold. */
    renew: [
      `LOCK TABLE ${revisions} IN EXCLUSIVE MODE`,
      `SELECT setval(${counter}, ${beyond(`greatest(last_value, (SELECT max(revision) FROM ${revisions}))`)})
       FROM ${numbers}`,
      `UPDATE ${revisions} SET revision = ${next}`,
    ],
  };
}
