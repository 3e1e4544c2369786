/**
 * The tables, and the statements that make a fresh world of them. Everything is in the schema `story`, which says in its comment
 * whose it is: a schema of the same name that is somebody else's is never dropped.
 */
import { areas, shirts } from "@shirts/story";

/** Raise this when a table changes: a schema of another version is dropped and built again. */
const VERSION = 6;
const MARK = "Shirts: the table of people, version ";

export const comment = `
  SELECT obj_description(oid, 'pg_namespace') AS comment FROM pg_namespace WHERE nspname = 'story'`;

/** What to do with a schema `story` that has this comment; undefined: there is none. */
export function judgeSchema(
  found: { comment: string | null } | undefined,
): "missing" | "ours" | "old" | "foreign" {
  if (!found) return "missing";
  if (!found.comment?.startsWith(MARK)) return "foreign";
  return found.comment === MARK + VERSION ? "ours" : "old";
}

export const drop = "DROP SCHEMA story CASCADE";

const words = (list: readonly string[]) => list.map((word) => `'${word}'`).join(", ");

export const create = `
  CREATE SCHEMA story;
  COMMENT ON SCHEMA story IS '${MARK}${VERSION}';

  -- An enum takes four bytes in each of a million rows, and still reads as a word.
  CREATE TYPE story.area AS ENUM (${words(areas)});
  CREATE TYPE story.shirt AS ENUM (${words(shirts)});

  -- One row per area of this world. The row holds the newest revision, and it is what the fence locks. "world" names the
  -- world that "prepare" made: revisions begin anew with it, and a number of an earlier world must not count here.
  CREATE TABLE story.areas (
    area     story.area PRIMARY KEY,
    world    text NOT NULL,
    people   int NOT NULL CHECK (people > 0),
    revision int NOT NULL DEFAULT 0,
    shirt    story.shirt
  );

  -- Commands and steps draw their numbers from it, so they have one order that needs no clock.
  CREATE SEQUENCE story.numbers;

  -- The outbox: a command is true from the moment its row is here. "copies" counts those that a broker has confirmed: without
  -- one, it may not have reached the broker. "sendings" counts how often a relay began to send it again. One that is given up
  -- has killed too many nodes, and no relay sends it. "stage" is whose workers are to do it: nobody else may send it again.
  CREATE TABLE story.commands (
    number       bigint NOT NULL DEFAULT nextval('story.numbers'),
    area         story.area NOT NULL,
    revision     int NOT NULL,
    shirt        story.shirt NOT NULL,
    stage        text NOT NULL,
    accepted_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    copies       int NOT NULL DEFAULT 0,
    sendings     int NOT NULL DEFAULT 0,
    given_up     boolean NOT NULL DEFAULT false,
    PRIMARY KEY (area, revision)
  );

  -- Which steps of a command have landed: of each one row, so none lands twice. Step "step" of "steps", since nodes may
  -- walk over an area in different numbers of them. UNLOGGED like the people: a crash of the server empties both, so no
  -- step counts as landed whose people are gone.
  CREATE UNLOGGED TABLE story.landed (
    area     story.area NOT NULL,
    revision int NOT NULL,
    steps    int NOT NULL,
    step     int NOT NULL,
    PRIMARY KEY (area, revision, steps, step)
  );

  -- One row per walk that began and has not ended in a living process: it goes on, or its node was killed. "landed" is how
  -- many steps of its command had landed when it began; "beats" rises as long as its process lives.
  CREATE TABLE story.attempts (
    id       text PRIMARY KEY,
    area     story.area NOT NULL,
    revision int NOT NULL,
    node     text NOT NULL,
    landed   int NOT NULL,
    beats    int NOT NULL DEFAULT 0
  );

  -- The log: one row per step that reached the table, the refused ones too. "stale" is what an unfenced step has seen; a
  -- fenced one leaves it empty, and the verdict compares the numbers.
  CREATE TABLE story.steps (
    number   bigint NOT NULL DEFAULT nextval('story.numbers'),
    area     story.area NOT NULL,
    revision int NOT NULL,
    step     int NOT NULL,
    steps    int NOT NULL,
    node     text NOT NULL,
    stale    boolean,
    refused  boolean NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX ON story.steps (area, revision);

  -- One row per person, numbered from 0 in each area.
  -- UNLOGGED: people can be made again at any time, commands cannot. Writing every shirt to a log that nobody needs
  -- would only make steps slower. (After a crash of the server, or a failover, this one table is empty; repopulate fills it.)
  -- fillfactor 45: a repainted row finds room beside its old version on the same page. Then the index need not be
  -- touched, the old version is swept up in passing, and the table keeps its size however often it is painted.
  CREATE UNLOGGED TABLE story.people (
    area   story.area NOT NULL,
    person int NOT NULL,
    shirt  story.shirt NOT NULL
  ) WITH (fillfactor = 45)`;

/** For one transaction: filling a table takes longer than any step, and so may the steps that it waits for. */
export const takeTime = (statementMs: number) =>
  `SELECT set_config('statement_timeout', '${Math.round(statementMs)}', true), set_config('lock_timeout', '0', true)`;

/** For one transaction: when its client is gone without a word, the server lets its locks go. */
export const letGo = "SET LOCAL idle_in_transaction_session_timeout = 60000";

/** Held to the end of a transaction: two processes that prepare the same table do it one after the other. */
export const onlyOne = "SELECT pg_advisory_xact_lock(2018)";

/** Waits for the statements that run, and keeps others waiting until the world is ready. */
export const lock =
  "LOCK TABLE story.areas, story.landed, story.people, story.steps, story.attempts, story.commands IN ACCESS EXCLUSIVE MODE";

/** Counts, per area, the people, and how many of them wear a colour. */
export const census = `
  SELECT area, count(*)::int AS people, (count(*) FILTER (WHERE shirt <> 'white'))::int AS coloured
  FROM story.people GROUP BY area`;

export const bytes = "SELECT pg_relation_size('story.people')::float8 AS bytes";

/** The areas of this world that do not have their people. Asked without `lock`, too: so areas come first (see sql.ts). */
export const missing = `
  SELECT area, areas.people
  FROM story.areas LEFT JOIN (SELECT area, count(*) AS number FROM story.people GROUP BY area) AS found USING (area)
  WHERE coalesce(number, 0) <> areas.people
  ORDER BY area`;

/** The same people and commands under a new name: no job, cancel or step of before counts any more. */
export const rename = "UPDATE story.areas SET world = $1 RETURNING area";

/** No step of a newest command counts as landed any more. The log stays: it is what the verdict counts. */
export const forgetWalks = `
  DELETE FROM story.landed USING story.areas
  WHERE landed.area = ANY ($1::story.area[]) AND areas.area = landed.area AND landed.revision >= areas.revision`;

export const clearLogs = "TRUNCATE story.areas, story.landed, story.steps, story.attempts, story.commands";
export const settle = "INSERT INTO story.areas (area, people, world) VALUES ($1::story.area, $2, $3)";
export const emptyTable = "TRUNCATE story.people";
export const emptyArea = "DELETE FROM story.people WHERE area = $1::story.area";

/** Filling a table and indexing it afterwards takes half the time of filling an indexed one. */
export const dropIndex = "ALTER TABLE story.people DROP CONSTRAINT IF EXISTS people_pkey";
export const addIndex = "ALTER TABLE story.people ADD CONSTRAINT people_pkey PRIMARY KEY (area, person)";
/** generate_series is in the select list on purpose: in FROM, its million numbers would be stored first. */
export const addPeople = `
  INSERT INTO story.people
  SELECT $1::story.area, generate_series($2::int, $3::int - 1), 'white'::story.shirt`;

export const whiten = `
  UPDATE story.people SET shirt = 'white'
  WHERE area = $1::story.area AND person >= $2::int AND person < $3::int AND shirt <> 'white'`;
