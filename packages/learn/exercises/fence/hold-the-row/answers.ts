import type { Answers } from "@shirts/learn/answers";
import type { Order, Query } from "@shirts/learn/sql";

const write = (query: Query, { area, shirt }: Order, person: number) =>
  query("UPDATE people SET shirt = $1 WHERE area = $2 AND person = $3", [shirt, area, person]);

/** A step that asks with this SQL ($1 area, $2 token), and paints when there is a row. */
const asking = (text: string) => ({
  async paint(query: Query, order: Order, person: number) {
    if ((await query(text, [order.area, order.revision])).rowCount === 0) return false;
    await write(query, order, person);
    return true;
  },
});

const looked = async (query: Query, { area }: Order, lock = "") =>
  (await query(`SELECT revision FROM areas WHERE area = $1 ${lock}`, [area])).rows[0]?.revision;

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "FOR SHARE": asking("SELECT FROM areas WHERE area = $1 AND revision = $2 FOR SHARE"),
    "FOR UPDATE": asking("SELECT revision FROM areas WHERE area = $1 AND revision = $2 FOR UPDATE"),
    "an UPDATE of the row that changes nothing": asking(
      "UPDATE areas SET revision = revision WHERE area = $1 AND revision = $2",
    ),
    "held, and compared in TypeScript": {
      async paint(query: Query, order: Order, person: number) {
        if ((await looked(query, order, "FOR NO KEY UPDATE")) !== order.revision) return false;
        return (await write(query, order, person)).rowCount === 1;
      },
    },
    "the whole table": {
      async paint(query: Query, order: Order, person: number) {
        await query("LOCK TABLE areas IN SHARE MODE");
        if ((await looked(query, order)) !== order.revision) return false;
        await write(query, order, person);
        return true;
      },
    },
    "one statement": {
      paint: async (query: Query, { area, shirt, revision }: Order, person: number) =>
        (
          await query(
            `WITH fence AS (SELECT FROM areas WHERE area = $1 AND revision = $2 FOR SHARE)
             UPDATE people SET shirt = $3 WHERE area = $1 AND person = $4 AND EXISTS (SELECT FROM fence)`,
            [area, revision, shirt, person],
          )
        ).rowCount === 1,
    },
  },
  wrong: {
    "the newest token of all areas": {
      answer: {
        async paint(query: Query, order: Order, person: number) {
          await query("SELECT FROM areas WHERE area = $1 FOR UPDATE", [order.area]);
          const { rows } = await query("SELECT max(revision) AS newest FROM areas");
          if (rows[0]?.newest !== order.revision) return false;
          return (await write(query, order, person)).rowCount === 1;
        },
      },
      says: /PURPLE has token 1, and the newest is 1, and the step painted nobody/,
    },
    "it always answers true": {
      answer: {
        async paint(query: Query, order: Order, person: number) {
          await write(query, order, person);
          return true;
        },
      },
      says: /token 1, and the newest is 2, and the step painted PURPLE all the same/,
    },
    "it answers true, and paints nobody": { answer: { paint: async () => true }, says: /painted nobody/ },
    "revision === 1": {
      answer: {
        async paint(query: Query, order: Order, person: number) {
          if (order.revision !== 1 || (await looked(query, order, "FOR SHARE")) !== 1) return false;
          await write(query, order, person);
          return true;
        },
      },
      says: /token 7, and the newest is 7, and the step painted nobody/,
    },
    "FOR KEY SHARE": {
      answer: asking("SELECT FROM areas WHERE area = $1 AND revision = $2 FOR KEY SHARE"),
      says: /accepted between the look and the commit/,
    },
    "it looks twice": {
      answer: {
        async paint(query: Query, order: Order, person: number) {
          if ((await looked(query, order)) !== order.revision) return false;
          if ((await looked(query, order)) !== order.revision) return false;
          await write(query, order, person);
          return true;
        },
      },
      says: /accepted between/,
    },
    "it looks again behind the write": {
      answer: {
        async paint(query: Query, order: Order, person: number) {
          await write(query, order, person);
          if ((await looked(query, order)) === order.revision) return true;
          await query("UPDATE people SET shirt = 'white' WHERE area = $1 AND person = $2", [
            order.area,
            person,
          ]);
          return false;
        },
      },
      says: /accepted between/,
    },
    "it holds the row, and compares what it saw before": {
      answer: {
        async paint(query: Query, order: Order, person: number) {
          const seen = await looked(query, order);
          await query("SELECT FROM areas WHERE area = $1 FOR UPDATE", [order.area]);
          if (seen !== order.revision) return false;
          await write(query, order, person);
          return true;
        },
      },
      says: /accepted between/,
    },
    "it holds the person": {
      answer: {
        async paint(query: Query, order: Order, person: number) {
          await query("SELECT FROM people WHERE area = $1 AND person = $2 FOR UPDATE", [order.area, person]);
          if ((await looked(query, order)) !== order.revision) return false;
          await write(query, order, person);
          return true;
        },
      },
      says: /accepted between/,
    },
    "a lock that only we know of": {
      answer: {
        async paint(query: Query, order: Order, person: number) {
          await query("SELECT pg_advisory_xact_lock(1)");
          if ((await looked(query, order)) !== order.revision) return false;
          await write(query, order, person);
          return true;
        },
      },
      says: /accepted between/,
    },
    "it lets go before it writes": {
      answer: {
        async paint(query: Query, order: Order, person: number) {
          if ((await looked(query, order, "FOR UPDATE")) !== order.revision) return false;
          await query("COMMIT");
          await query("BEGIN");
          await write(query, order, person);
          return true;
        },
      },
      says: /accepted between/,
    },
    "newer tokens, too": {
      answer: asking("SELECT FROM areas WHERE area = $1 AND revision <= $2 FOR SHARE"),
      says: /which the table has never given/,
    },
    everybody: {
      answer: {
        async paint(query: Query, order: Order) {
          if ((await looked(query, order, "FOR SHARE")) !== order.revision) return false;
          await query("UPDATE people SET shirt = $1 WHERE area = $2", [order.shirt, order.area]);
          return true;
        },
      },
      says: /painted 3 of 3/,
    },
    "no SQL": { answer: asking("SELECT FROM areas FOR EVER"), says: /the database says: syntax error/ },
  },
};
