/** The table of people: a row for each person, and one for each area. The verdict is counted from it. */
import type pg from "pg";

export const AREA = "north-america";
export const STEPS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const PEOPLE_OF_STEP = 10;

/** Makes the tables; `revision` is read by the fence alone. */
export async function makePeople(db: pg.Pool): Promise<void> {
  await db.query("CREATE TABLE areas (area text PRIMARY KEY, revision int NOT NULL DEFAULT 0)");
  await db.query("CREATE TABLE people (area text, step int, person int, shirt text NOT NULL)");
  await db.query("INSERT INTO areas (area) VALUES ($1)", [AREA]);
  await db.query(
    "INSERT INTO people SELECT $1, step, person, 'WHITE' FROM generate_series(1, $2::int) step, generate_series(1, $3::int) person",
    [AREA, STEPS.length, PEOPLE_OF_STEP],
  );
}

export interface Verdict {
  readonly right: boolean;
  /** Such as `70 of 100 wear PURPLE, 30 BLUE; BLUE is commanded`. */
  readonly line: string;
}

/** Counts the shirts. `commanded` is the newest command's. */
export async function judge(db: pg.Pool, commanded: string): Promise<Verdict> {
  const { rows } = await db.query<{ shirt: string; people: number }>(
    "SELECT shirt, count(*)::int AS people FROM people GROUP BY shirt ORDER BY people DESC",
  );
  const all = rows.reduce((sum, { people }) => sum + people, 0);
  const counts = rows.map(({ shirt, people }, at) =>
    at === 0 ? `${people} of ${all} wear ${shirt}` : `${people} ${shirt}`,
  );
  return {
    right: rows.length === 1 && rows[0]?.shirt === commanded,
    line: `${counts.join(", ")}; ${commanded} is commanded`,
  };
}
