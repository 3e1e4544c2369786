/** The race on PGlite, in this process: opened at the first race, closed a second after the last one. */
import type { PGlite } from "@electric-sql/pglite";
import type { Query } from "@shirts/learn/sql";
import { ACCEPT, AREA, type Came, fresh, type Raced, TABLES, type Track } from "./race.ts";

/**
 * Would an UPDATE of another connection wait for this transaction? It would for a row that this transaction has updated (xmin), for
 * one that it has locked FOR SHARE or stronger (xmax, and a bit of the row's header: 64), and for a lock on the whole table. A lock
 * FOR KEY SHARE does not stop an UPDATE that leaves the key as it is. FOR SHARE has a second bit (16): others may hold the row so, too.
 */
const PASS_GATE = `
  CREATE FUNCTION is_held(shared bool) RETURNS bool LANGUAGE sql VOLATILE AS $$
    SELECT EXISTS (
      SELECT FROM areas, heap_page_items(get_raw_page('areas', ((areas.ctid::text::point)[0])::int)) AS item
      WHERE area = '${AREA}' AND item.lp = ((areas.ctid::text::point)[1])::int
        AND ((areas.xmin = pg_current_xact_id_if_assigned()::xid AND NOT shared)
          OR (areas.xmax = pg_current_xact_id_if_assigned()::xid
            AND (item.t_infomask & 80) = CASE WHEN shared THEN 80 ELSE 64 END))
    ) OR EXISTS (
      SELECT FROM pg_locks WHERE relation = 'areas'::regclass AND granted
        AND CASE WHEN shared THEN mode = 'ShareLock'
          ELSE mode IN ('ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock') END
    ) $$;
  CREATE FUNCTION pass_gate() RETURNS void LANGUAGE plpgsql AS $$
    DECLARE his int;
    BEGIN
      IF nextval('gates') <> (SELECT at FROM race) OR is_held(false) THEN RETURN; END IF;
      IF is_held(true) THEN
        UPDATE race SET shared = true;
      ELSE
        ${ACCEPT} INTO his;
        UPDATE race SET token = his;
      END IF;
    END $$;`;

async function open(): Promise<PGlite> {
  // Loaded when it is needed: a list of all exercises opens no database.
  const { PGlite } = await import("@electric-sql/pglite");
  const { pageinspect } = await import("@electric-sql/pglite/contrib/pageinspect");
  const { dataDir } = await import("@electric-sql/pglite-prepopulatedfs");
  // An empty database that comes ready-made: to make one (initdb) would take five seconds.
  const db = await PGlite.create({ loadDataDir: await dataDir(), extensions: { pageinspect } });
  await db.exec(`CREATE EXTENSION pageinspect; ${TABLES} ${PASS_GATE}`);
  return db;
}

let opened: Promise<PGlite> | undefined;
let closing: NodeJS.Timeout | undefined;
/** One race at a time: there is one session. */
let last: Promise<unknown> = Promise.resolve();

async function use<T>(work: (db: PGlite) => Promise<T>): Promise<T> {
  clearTimeout(closing);
  opened ??= open();
  const db = await opened;
  const turn = last.then(() => work(db));
  last = turn.catch(() => {});
  try {
    return await turn;
  } finally {
    clearTimeout(closing);
    closing = setTimeout(() => {
      opened = undefined;
      void db.close();
    }, 1000);
  }
}

const numberOf = (value: unknown) => (typeof value === "number" ? value : undefined);

export const pgliteTrack: Track = {
  race: (work, at, revision = 1) => use((db) => race(db, work, at, revision)),
};

async function race<T>(
  db: PGlite,
  work: (query: Query) => Promise<T>,
  at: number,
  revision: number,
): Promise<Raced<T>> {
  await db.exec(fresh(revision, at));
  const gate = () => db.query("SELECT pass_gate()");
  const query: Query = async (text, values = []) => {
    await gate();
    const { rows, affectedRows = 0 } = await db.query<Record<string, unknown>>(text, [...values]);
    return { rows, rowCount: rows.length || affectedRows };
  };
  await db.exec("BEGIN");
  let result: T | undefined;
  let error: string | undefined;
  let token: number | undefined;
  let isShared = false;
  try {
    result = await work(query);
    await gate();
    const [now] = (await db.query<{ token: unknown; shared: unknown }>("SELECT token, shared FROM race"))
      .rows;
    token = numberOf(now?.token);
    isShared = now?.shared === true;
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  }
  await db.exec(error === undefined ? "COMMIT" : "ROLLBACK");
  const [passed] = (await db.query<{ gates: number }>("SELECT last_value::int AS gates FROM gates")).rows;
  const came: Came =
    token !== undefined ? "between" : at > 0 && (passed?.gates ?? 0) >= at ? "after" : "nowhere";
  // He has waited for the row, and has it now.
  if (came === "after") token = numberOf((await db.query<{ revision: unknown }>(ACCEPT)).rows[0]?.revision);
  return { came, result, error, token, isShared, ...(await whatIs(db)) };
}

async function whatIs(db: PGlite): Promise<Pick<Raced<unknown>, "revision" | "shirts" | "others">> {
  const areas = await db.query<{ revision: number }>("SELECT revision FROM areas WHERE area = $1", [AREA]);
  const people = await db.query<{ area: string; shirt: string }>(
    "SELECT area, shirt FROM people ORDER BY area, person",
  );
  const shirtsOf = (own: boolean) =>
    people.rows.filter(({ area }) => (area === AREA) === own).map(({ shirt }) => shirt);
  return { revision: areas.rows[0]?.revision ?? 0, shirts: shirtsOf(true), others: shirtsOf(false) };
}
