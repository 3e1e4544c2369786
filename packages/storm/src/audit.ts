/**
 * The storm's own witness at the table: triggers of the database write down each paint and each command.
 *
 * Invariants:
 * 1. Nothing here believes what our statements write about themselves: not the log of steps, not the table of commands,
 *    not their times. A fence that does not hold, and a log that lies about it, are both seen.
 * 2. No clock. The trigger of a command runs while its transaction holds the area's row, and takes a snapshot there: the
 *    paints that are committed by then are in it, and no others. A fence that holds lets no older paint be missing in it.
 * 3. A paint is judged by its shirt. So the storm never commands the same shirt twice in a row in an area.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Area, Colour, Shirt, Wardrobe } from "@shirts/story";
import pg from "pg";

/** A command as the database has seen it. */
export interface AuditedCommand {
  readonly area: Area;
  readonly shirt: Colour;
  readonly revision: number;
}

/** A paint that was committed after a newer command had its area's row. `by` is the client's application_name. */
export interface StalePaint {
  readonly area: Area;
  readonly shirt: Shirt;
  readonly people: number;
  readonly by: string;
  /** The command that was in force; revision 0 and white: a fresh world. */
  readonly revision: number;
  readonly commanded: Shirt;
}

export interface Audit {
  /** Where the audit is now; the other functions count from a mark on. */
  mark(): Promise<string>;
  /** The commands since `mark`, oldest first; only those of the newest world. */
  commands(mark: string): Promise<AuditedCommand[]>;
  stale(mark: string): Promise<StalePaint[]>;
  /** What people wear, counted. An area without people is missing. */
  wearing(): Promise<ReadonlyMap<Area, Wardrobe>>;
  /** A statement of another client, for faults. Not tried again. */
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Holds what the statement locks for `forMs`. */
  hold(text: string, values: unknown[], forMs: number): Promise<void>;
  close(): Promise<void>;
}

const INSTALL = `
  DROP SCHEMA IF EXISTS storm CASCADE;
  CREATE SCHEMA storm;
  CREATE TABLE storm.audit (
    number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind     text NOT NULL CHECK (kind IN ('world', 'command', 'paint')),
    area     text NOT NULL,
    shirt    text NOT NULL,
    revision int,
    people   int,
    by       text NOT NULL DEFAULT current_setting('application_name'),
    xid      xid8 NOT NULL DEFAULT pg_current_xact_id(),
    seen     pg_snapshot NOT NULL DEFAULT pg_current_snapshot()
  );
  CREATE INDEX ON storm.audit (area, number) WHERE kind <> 'paint';

  CREATE FUNCTION storm.painted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO storm.audit (kind, area, shirt, people)
    SELECT 'paint', area, shirt, count(*) FROM painted GROUP BY area, shirt;
    RETURN NULL;
  END $$;
  CREATE TRIGGER storm_painted AFTER UPDATE ON story.people
    REFERENCING NEW TABLE AS painted FOR EACH STATEMENT EXECUTE FUNCTION storm.painted();

  CREATE FUNCTION storm.commanded() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO storm.audit (kind, area, shirt, revision)
    SELECT 'command', area, now.shirt, now.revision FROM now JOIN before USING (area)
    WHERE now.revision <> before.revision OR now.shirt IS DISTINCT FROM before.shirt;
    RETURN NULL;
  END $$;
  CREATE TRIGGER storm_commanded AFTER UPDATE ON story.areas
    REFERENCING OLD TABLE AS before NEW TABLE AS now FOR EACH STATEMENT EXECUTE FUNCTION storm.commanded();

  CREATE FUNCTION storm.settled() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO storm.audit (kind, area, shirt, revision)
    SELECT 'world', area, coalesce(shirt, 'white'), revision FROM settled;
    RETURN NULL;
  END $$;
  CREATE TRIGGER storm_settled AFTER INSERT ON story.areas
    REFERENCING NEW TABLE AS settled FOR EACH STATEMENT EXECUTE FUNCTION storm.settled();
  INSERT INTO storm.audit (kind, area, shirt, revision)
  SELECT 'world', area, coalesce(shirt, 'white'), revision FROM story.areas;`;

const COMMANDS = `
  SELECT area, shirt, revision FROM storm.audit
  WHERE kind = 'command' AND number > $1
    AND number > (SELECT max(number) FROM storm.audit world WHERE kind = 'world' AND world.area = audit.area)
  ORDER BY number`;

/**
 * In force for a paint: the newest command of its area that had its row before the paint was committed. The transaction
 * that makes a world paints it white, too; a snapshot does not say whether its own transaction is over.
 */
const STALE = `
  SELECT paint.area, paint.shirt, paint.people, paint.by, force.revision, force.shirt AS commanded
  FROM storm.audit paint CROSS JOIN LATERAL (
    SELECT revision, shirt FROM storm.audit command
    WHERE kind <> 'paint' AND command.area = paint.area
      AND (command.xid = paint.xid OR NOT pg_visible_in_snapshot(paint.xid, command.seen))
    ORDER BY number DESC LIMIT 1
  ) force
  WHERE kind = 'paint' AND number > $1 AND paint.shirt <> force.shirt
  ORDER BY number`;

const WEARING = `
  SELECT area, jsonb_object_agg(shirt, number) AS wearing
  FROM (SELECT area, shirt, count(*) AS number FROM story.people GROUP BY area, shirt) AS counted GROUP BY area`;

/** Installs the witness beside the tables of people, which are there; throws what the database says. */
export async function openAudit(url: string): Promise<Audit> {
  const pool = new pg.Pool({ connectionString: url, application_name: "the audit", max: 3 });
  // The storm kills the server; the pool has dropped the connection by then.
  pool.on("error", () => {});
  // While a client holds a row, the pool does not listen for it.
  pool.on("connect", (client) => client.on("error", () => {}));
  await pool.query(INSTALL);
  const ask = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    patiently(async () => (await pool.query<Row>(text, values)).rows);
  return {
    mark: async () =>
      (await ask<{ mark: string }>("SELECT coalesce(max(number), 0) AS mark FROM storm.audit"))[0]?.mark ??
      "0",
    commands: (mark) => ask<AuditedCommand>(COMMANDS, [mark]),
    stale: (mark) => ask<StalePaint>(STALE, [mark]),
    wearing: async () =>
      new Map(
        (await ask<{ area: Area; wearing: Wardrobe }>(WEARING)).map(({ area, wearing }) => [area, wearing]),
      ),
    query: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await pool.query<Row>(text, values)).rows,
    async hold(text, values, forMs) {
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        await client.query(text, values);
        await sleep(forMs);
        await client.query("COMMIT");
      } finally {
        client.release(true);
      }
    },
    close: () => pool.end(),
  };
}

/** How long a question is asked again while the server is down, in milliseconds. */
const PATIENCE_MS = 30_000;

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      // Class 42: the statement itself is wrong, and stays so.
      if ((error as { code?: string }).code?.startsWith("42") || performance.now() > until) throw error;
      await sleep(100);
    }
  }
}
