/** A table with a right fence, written by hand on `pg`; the wrong ones differ from it in one thing. */
import type pg from "pg";
import type { Answer, FencedTable, Write } from "../../src/check/index.ts";
import type { Database } from "../support/databases.ts";

export type Table<Token = number> = FencedTable<pg.Client, Token>;

export const SETUP = `
  DROP TABLE IF EXISTS fences, landed, data;
  DROP SEQUENCE IF EXISTS numbers;
  CREATE TABLE fences (key text PRIMARY KEY, revision bigint NOT NULL);
  CREATE SEQUENCE numbers;
  CREATE TABLE landed (key text, revision bigint, part int, PRIMARY KEY (key, revision, part));
  CREATE TABLE data (key text, part int, value text NOT NULL, PRIMARY KEY (key, part))`;

/** The one row of a statement, or undefined. */
export async function one<Row extends pg.QueryResultRow>(
  client: pg.Client,
  text: string,
  values: unknown[] = [],
): Promise<Row | undefined> {
  return (await client.query<Row>(text, values)).rows[0];
}

/** Does `work` in a transaction: commits what was written, and rolls back all else. */
export async function inTransaction(
  client: pg.Client,
  work: () => Promise<Answer>,
  begin = "BEGIN",
): Promise<Answer> {
  await client.query(begin);
  try {
    const answer = await work();
    await client.query(answer === "written" ? "COMMIT" : "ROLLBACK");
    return answer;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

const isNewest = "SELECT FROM fences WHERE key = $1 AND revision = $2";
export const passes = async (
  client: pg.Client,
  { key, token }: Write<number>,
  lock = "FOR NO KEY UPDATE",
): Promise<boolean> => (await client.query(`${isNewest} ${lock}`, [key, token])).rowCount === 1;

/** Whether this part of this command has not landed before, from now on it has. */
export const lands = async (client: pg.Client, { key, token, part }: Write<number>): Promise<boolean> =>
  (await client.query("INSERT INTO landed VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", [key, token, part]))
    .rowCount === 1;

export const put = (client: pg.Client, { key, part, value }: Write<unknown>) =>
  client.query(
    "INSERT INTO data VALUES ($1, $2, $3) ON CONFLICT (key, part) DO UPDATE SET value = excluded.value",
    [key, part, value],
  );

export const landAndPut = async (client: pg.Client, write: Write<number>): Promise<Answer> => {
  if (!(await lands(client, write))) return "again";
  await put(client, write);
  return "written";
};

export function byHand({ connect }: Database): Table {
  return {
    connect,
    disconnect: (client) => client.end(),
    accept: async (client, key) =>
      (
        await one<{ revision: number }>(
          client,
          `INSERT INTO fences VALUES ($1, nextval('numbers'))
           ON CONFLICT (key) DO UPDATE SET revision = nextval('numbers') RETURNING revision::float8 AS revision`,
          [key],
        )
      )?.revision ?? Number.NaN,
    write: (client, write) =>
      inTransaction(client, async () =>
        (await passes(client, write)) ? landAndPut(client, write) : "refused",
      ),
    read: async (client, key) =>
      (await one<{ value: string }>(client, "SELECT value FROM data WHERE key = $1 AND part = 0", [key]))
        ?.value,
    remove: (client, key) => client.query("DELETE FROM data WHERE key = $1", [key]),
    beginAnew: (client) => client.query("TRUNCATE fences"),
  };
}
