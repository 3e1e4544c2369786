/** A fresh world: the right people in each area, all of them in white, and no command given. */
import { randomUUID } from "node:crypto";
import { AREAS, type Area, type Population } from "@shirts/story";
import type pg from "pg";
import { TableError } from "./errors.ts";
import * as schema from "./schema.ts";

/** What the world is to be. */
export interface Prepare {
  /** The areas of the world and their people; without it, all areas in full size. */
  readonly population?: Population;
  /** Called with the people that are ready and the people there are to be. Must not throw. */
  readonly onProgress?: (ready: number, people: number) => void;
}

/** People that are made or painted white by one statement: about a tenth of a second of work. */
const PORTION = 100_000;

/** A person's row on its page, with room for the next version, takes about 100 bytes; more than twice that is waste. */
const BYTES_WASTED = 250;

/** What an area needs: people made, people painted white, or nothing. */
interface Work {
  readonly area: Area;
  readonly people: number;
  readonly todo: "make" | "whiten" | "nothing";
}

/** All in one transaction: a reader sees the old world or the fresh one. One statement may take `statementMs`. */
export async function prepareTable(
  pool: pg.Pool,
  statementMs: number,
  { population = AREAS, onProgress }: Prepare,
): Promise<void> {
  const wanted = Object.entries(population) as [Area, number][];
  const world = newWorld();
  checkPopulation(wanted);
  await inOneTransaction(pool, statementMs, async (client) => {
    await ensureSchema(client);
    await client.query(schema.lock);
    const works = await survey(client, wanted);
    await client.query(schema.clearLogs);
    for (const [area, people] of wanted) await client.query(schema.settle, [area, people, world]);
    await makePeople(client, works, onProgress);
  });
}

/** Does `work` in a transaction that no other one of this kind meets. One statement may take `statementMs`. */
export async function inOneTransaction<T>(
  pool: pg.Pool,
  statementMs: number,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(schema.takeTime(statementMs));
    await client.query(schema.letGo);
    await client.query(schema.onlyOne);
    const result = await work(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    // The connection may be what failed: it is thrown away, and the server rolls back.
    client.release(true);
    throw error;
  }
}

/** A name that no other world has. */
export function newWorld(): string {
  return randomUUID().slice(0, 8);
}

function checkPopulation(wanted: readonly [Area, number][]): void {
  if (wanted.length === 0) throw new TableError("a world needs at least one area with people");
  for (const [area, people] of wanted) {
    if (!Object.hasOwn(AREAS, area)) {
      throw new TableError(`no area is called "${area}"; there are ${Object.keys(AREAS).join(", ")}`);
    }
    if (!Number.isInteger(people) || people < 1 || people > 100_000_000) {
      throw new TableError(
        `${area} cannot have ${people} people: a whole number from 1 to 100,000,000 is needed`,
      );
    }
  }
}

async function ensureSchema(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ comment: string | null }>(schema.comment);
  const state = schema.judgeSchema(rows[0]);
  if (state === "ours") return;
  if (state === "foreign") {
    throw new TableError(
      'the database has a schema "story" that is not ours, so it is left alone. Use another database',
    );
  }
  if (state === "old") await client.query(schema.drop);
  await client.query(schema.create);
}

/** Looks at the people themselves, not at what was logged: hands may have changed the table, or a crash emptied it. */
async function survey(client: pg.PoolClient, wanted: readonly [Area, number][]): Promise<Work[]> {
  const census = await client.query<{ area: Area; people: number; coloured: number }>(schema.census);
  const size = await client.query<{ bytes: number }>(schema.bytes);
  const found = new Map(census.rows.map((row) => [row.area, row]));
  const people = census.rows.reduce((sum, row) => sum + row.people, 0);
  const wasteful =
    (size.rows[0]?.bytes ?? 0) > 1_000_000 && (size.rows[0]?.bytes ?? 0) > people * BYTES_WASTED;
  const fits = wanted.some(([area, number]) => found.get(area)?.people === number);
  if (wasteful || !fits) await client.query(schema.emptyTable);

  const works = wanted.map(([area, number]): Work => {
    const row = found.get(area);
    if (wasteful || row?.people !== number) return { area, people: number, todo: "make" };
    return { area, people: number, todo: row.coloured > 0 ? "whiten" : "nothing" };
  });
  for (const { area } of census.rows) {
    const work = works.find((candidate) => candidate.area === area);
    if (!work || work.todo === "make") await client.query(schema.emptyArea, [area]);
  }
  return works;
}

export async function makePeople(
  client: pg.PoolClient,
  works: readonly Work[],
  onProgress?: Prepare["onProgress"],
): Promise<void> {
  const total = works.reduce((sum, { people }) => sum + people, 0);
  let ready = 0;
  const making = works.some(({ todo }) => todo === "make");
  if (making) await client.query(schema.dropIndex);
  for (const { area, people, todo } of works) {
    for (let from = 0; from < people; from += PORTION) {
      const to = Math.min(people, from + PORTION);
      if (todo !== "nothing") {
        await client.query(todo === "make" ? schema.addPeople : schema.whiten, [area, from, to]);
      }
      ready += to - from;
      onProgress?.(ready, total);
    }
  }
  if (making) await client.query(schema.addIndex);
}
