import { explain } from "./errors.ts";

/**
 * What a fence speaks to: anything with this `query`, with parameters `$1`, `$2`. A client of `pg` and a PGlite have it, and so has a
 * transaction of PGlite. For other libraries it is a function of three lines (see the README).
 */
export interface Client {
  /** Runs one statement. Rejects as its library does. */
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** Asks one statement of ours, which says itself what its rows are. */
export async function ask<Row>(client: Client, text: string, values: unknown[] = []): Promise<Row[]> {
  try {
    return (await client.query(text, values)).rows as Row[];
  } catch (error) {
    throw explain(error);
  }
}
