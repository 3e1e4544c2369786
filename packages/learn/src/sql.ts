/** What the exercises of the fence are given: a connection in a transaction, and an order with its token. */

/** Runs one statement, with values for $1, $2 and so on. Resolves with its rows, and how many rows it read or changed. */
export type Query = (
  text: string,
  values?: readonly (string | number)[],
) => Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly rowCount: number }>;

/** What a job carries. The revision is its fencing token. */
export interface Order {
  readonly area: string;
  readonly shirt: string;
  readonly revision: number;
}
