/** The fence in plain SQL: two statements and a loop, for a reader's own table. v4's own statement does more (table/src/sql.ts). */
import { readFileSync } from "node:fs";
import type pg from "pg";

/** What a job carries. The revision is its fencing token. */
export interface Order {
  readonly area: string;
  readonly shirt: string;
  readonly revision: number;
}

/** Gives one person the order's shirt. Resolves with false when the order is too old: then nobody was painted. */
export type Step = (order: Order, person: number) => Promise<boolean>;

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const TABLES = read("tables.sql");
const ACCEPT = read("accept.sql");
const STEP = read("step.sql");

/** Makes a fresh schema `plain_fence` with one area whose people wear nothing yet, for this connection. */
export async function makeTables(client: pg.Client, area: string, people: number): Promise<void> {
  await client.query(TABLES);
  await client.query("INSERT INTO areas VALUES ($1, 0)", [area]);
  await client.query("INSERT INTO people SELECT $1, person FROM generate_series(0, $2 - 1) AS person", [
    area,
    people,
  ]);
}

/** The president's: from its end on, no step of an older order lands. */
export async function accept(client: pg.Client, area: string, shirt: string): Promise<Order> {
  const { rows } = await client.query<{ revision: number }>(ACCEPT, [area]);
  const [{ revision } = { revision: 0 }] = rows;
  return { area, shirt, revision };
}

// #region worker
/** The soldier's: one statement compares, holds and writes. */
export const fenced =
  (client: pg.Client): Step =>
  async ({ area, revision, shirt }, person) => {
    const { rowCount } = await client.query(STEP, [area, revision, shirt, person]);
    return rowCount === 1;
  };

/** v1's walk, and one thing more: when a step is refused, the work is over. Resolves with the people painted. */
export async function walk(order: Order, people: number, step: Step): Promise<number> {
  for (let person = 0; person < people; person++) if (!(await step(order, person))) return person;
  return people;
}
// #endregion worker
