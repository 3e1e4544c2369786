/** The fence without shirts: revisions of any key, and an outbox, in a PostgreSQL of the user's own. */
import { ask, type Client } from "./client.ts";
import { FenceError } from "./errors.ts";
import { checkKey, checkRevision } from "./input.ts";
import { type Publish, relay } from "./relay.ts";
import { isStillOpen, type Names, statements } from "./sql.ts";

/**
 * A table of the newest revision of each key, and who may write under it. From the moment when `accept` has committed, nothing
 * of an older revision of the key can be written behind `guard`, whatever the network, the queue or a paused process does.
 *
 * Each function sends one or two statements and waits for their answers, `renew` three. They reject with FenceError for bad input,
 * and as the client does for all else. Write at READ COMMITTED; above it a guard that met an accept fails with PostgreSQL's code 40001.
 *
 * @example
 * ```ts
 * const db = new PGlite();
 * const shirts = fence({ schema: "shop" });
 * await shirts.create(db);
 * const purple = await shirts.accept(db, "north-america");
 * const blue = await shirts.accept(db, "north-america");
 * const mayWrite = (revision: number) => db.transaction((tx) => shirts.guard(tx, "north-america", revision));
 * await mayWrite(purple); // => false
 * await mayWrite(blue); // => true
 * ```
 */
export interface Fence {
  /** Makes schema, tables and counter where they are missing; keeps what is there. A program may call it at each start. */
  create(client: Client): Promise<void>;
  /**
   * Raises the revision of the key, and answers it: a whole number that no key had before. With a `message` (anything that JSON can
   * say) it also puts it into the outbox: both or none. Waits for the writers that hold the key, and for those that asked before.
   * It needs no transaction of its own; in one, it is accepted when that commits.
   */
  accept(tx: Client, key: string, message?: unknown): Promise<number>;
  /**
   * Answers whether the newest revision of the key is this one, and keeps it so until the transaction ends: write behind it, in the
   * same transaction, or not at all. Waits for whoever holds the key. What `ROLLBACK TO SAVEPOINT` undoes, it undoes this, too.
   * Throws FenceError without a transaction, since nothing would be held, and for a key that was never accepted.
   */
  guard(tx: Client, key: string, revision: number): Promise<boolean>;
  /** The newest revision of each of these keys; one that was never accepted is missing. Holds nothing: only to look. */
  newest(client: Client, keys: readonly string[]): Promise<Map<string, number>>;
  /**
   * Publishes what waits in the outbox, oldest first, at most `limit` messages (default 100); answers how many. A message leaves the
   * outbox when its `publish` has resolved: after a crash between the two, or with two relays, it is published again. When `publish` rejects, so
   * does this, and the message stays.
   */
  relay(client: Client, publish: Publish, limit?: number): Promise<number>;
  /**
   * For a table that may have lost commits (a restored backup, a failover of asynchronous replicas): every revision that was ever
   * answered is refused from now on, and none is given again. Accept anew what must be done. Waits for all writers. Needs a transaction.
   */
  renew(tx: Client): Promise<void>;
}

/**
 * The fence with these names; opens nothing, and asks nobody. Names may be anything that PostgreSQL can call something: they are
 * quoted. Throws FenceError for others.
 *
 * @example
 * ```ts
 * const db = new PGlite();
 * const shirts = fence({ schema: "shop", revisions: "shirt_revisions", outbox: "shirt_outbox" });
 * await shirts.create(db);
 * const revision = await shirts.accept(db, "north-america", { shirt: "purple" });
 * await shirts.newest(db, ["north-america", "europe"]); // => new Map([["north-america", revision]])
 * const published: unknown[] = [];
 * await shirts.relay(db, async ({ message }) => { published.push(message); }); // => 1
 * published; // => [{ shirt: "purple" }]
 * await shirts.guard(db, "north-america", revision); // throws "there is no transaction"
 * ```
 */
export function fence(names: Partial<Names> = {}): Fence {
  const sql = statements({ schema: "fence", revisions: "revisions", outbox: "outbox", ...names });
  return {
    async create(client) {
      await ask(client, sql.create);
    },

    async accept(tx, key, message) {
      checkKey(key);
      const told = message === undefined ? null : JSON.stringify(message);
      const [row] = await ask<{ revision: number }>(tx, sql.accept, [key, told]);
      return (row as { revision: number }).revision;
    },

    async guard(tx, key, revision) {
      checkKey(key);
      checkRevision(revision);
      const [row] = await ask<Guarded>(tx, sql.guard, [key, revision]);
      const { isKnown, mayWrite, transaction } = row as Guarded;
      if (!isKnown) throw new FenceError(`the key ${JSON.stringify(key)} was never accepted`);
      if (mayWrite) await checkOpen(tx, transaction);
      return mayWrite;
    },

    async newest(client, keys) {
      const rows = await ask<{ key: string; revision: number }>(client, sql.newest, [keys]);
      return new Map(rows.map(({ key, revision }) => [key, revision]));
    },

    relay: (client, publish, limit = 100) => relay(client, sql, publish, limit),

    async renew(tx) {
      for (const statement of sql.renew) await ask(tx, statement);
    },
  };
}

interface Guarded {
  readonly mayWrite: boolean;
  readonly isKnown: boolean;
  readonly transaction: string;
}

/** A row is held as long as its transaction. Outside of one that is over already, and a pool may even have changed the connection. */
async function checkOpen(tx: Client, transaction: string): Promise<void> {
  const [row] = await ask<{ isOpen: boolean }>(tx, isStillOpen, [transaction]);
  if (!row?.isOpen)
    throw new FenceError(
      "there is no transaction, so nothing holds the key while you write: begin one, and give me its client, not a pool",
    );
}
