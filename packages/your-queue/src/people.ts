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

/** Counts the shirts in the table. `commanded` is the newest command's. */
export async function judge(db: pg.Pool, commanded: string): Promise<Verdict> {
  const { rows } = await db.query<{ shirt: string }>("SELECT shirt FROM people");
  return count(
    rows.map(({ shirt }) => shirt),
    commanded,
  );
}

/** The verdict on these shirts, one of each person (or of each group of the same size). */
export function count(shirts: readonly string[], commanded: string): Verdict {
  const counts = new Map<string, number>();
  for (const shirt of shirts) counts.set(shirt, (counts.get(shirt) ?? 0) + 1);
  const perShirt = (STEPS.length * PEOPLE_OF_STEP) / shirts.length;
  const lines = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([shirt, people], at) =>
      at === 0
        ? `${people * perShirt} of ${shirts.length * perShirt} wear ${shirt}`
        : `${people * perShirt} ${shirt}`,
    );
  return {
    right: shirts.length > 0 && counts.get(commanded) === shirts.length,
    line: `${lines.join(", ")}; ${commanded} is commanded`,
  };
}
