import type { Answers } from "@shirts/learn/answers";
import type { Query } from "@shirts/learn/sql";

const read = async (query: Query, area: string, lock = "") =>
  Number((await query(`SELECT revision FROM areas WHERE area = $1 ${lock}`, [area])).rows[0]?.revision);
const write = (query: Query, area: string, token: number) =>
  query("UPDATE areas SET revision = $1 WHERE area = $2", [token, area]);

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "read FOR UPDATE": {
      async accept(query: Query, area: string) {
        const token = (await read(query, area, "FOR UPDATE")) + 1;
        await write(query, area, token);
        return token;
      },
    },
    "the table, alone": {
      async accept(query: Query, area: string) {
        await query("LOCK TABLE areas IN SHARE ROW EXCLUSIVE MODE");
        const token = (await read(query, area)) + 1;
        await write(query, area, token);
        return token;
      },
    },
    "count first, then read": {
      async accept(query: Query, area: string) {
        await query("UPDATE areas SET revision = revision + 1 WHERE area = $1", [area]);
        return read(query, area);
      },
    },
    "it tries again until nobody was in between": {
      async accept(query: Query, area: string) {
        for (;;) {
          const seen = await read(query, area);
          const sql = "UPDATE areas SET revision = $1 WHERE area = $2 AND revision = $3";
          if ((await query(sql, [seen + 1, area, seen])).rowCount === 1) return seen + 1;
        }
      },
    },
  },
  wrong: {
    "it counts, and answers what it read before": {
      answer: {
        async accept(query: Query, area: string) {
          const seen = await read(query, area);
          await query("UPDATE areas SET revision = revision + 1 WHERE area = $1", [area]);
          return seen + 1;
        },
      },
      says: /both have token 2/,
    },
    "FOR SHARE": {
      answer: {
        async accept(query: Query, area: string) {
          const token = (await read(query, area, "FOR SHARE")) + 1;
          await write(query, area, token);
          return token;
        },
      },
      says: /two presidents may share: each then waits until the other lets it go.*\(a deadlock\)/,
    },
    "the table in SHARE MODE": {
      answer: {
        async accept(query: Query, area: string) {
          await query("LOCK TABLE areas IN SHARE MODE");
          const token = (await read(query, area)) + 1;
          await write(query, area, token);
          return token;
        },
      },
      says: /two presidents may share/,
    },
    "FOR KEY SHARE": {
      answer: {
        async accept(query: Query, area: string) {
          const token = (await read(query, area, "FOR KEY SHARE")) + 1;
          await write(query, area, token);
          return token;
        },
      },
      says: /both have token 2/,
    },
    "the newest token of all areas": {
      answer: {
        async accept(query: Query, area: string) {
          const { rows } = await query("SELECT max(revision) AS newest FROM areas");
          await write(query, area, Number(rows[0]?.newest) + 1);
          return Number(rows[0]?.newest) + 1;
        },
      },
      says: /the newest token is 1, nobody else is there, and `accept` answers 52: it should be 2/,
    },
    "it only reads": {
      answer: { accept: async (query: Query, area: string) => (await read(query, area)) + 1 },
      says: /answers 2, and the table says 1/,
    },
    "a made-up number": { answer: { accept: async () => 2 }, says: /table says 1/ },
    "a step of ten": {
      answer: {
        async accept(query: Query, area: string) {
          const { rows } = await query(
            "UPDATE areas SET revision = revision + 10 WHERE area = $1 RETURNING revision",
            [area],
          );
          return Number(rows[0]?.revision);
        },
      },
      says: /answers 11: it should be 2/,
    },
    "all areas": {
      answer: {
        async accept(query: Query, area: string) {
          const token = (await read(query, area)) + 1;
          await query("SELECT pg_advisory_xact_lock(1)");
          await query("UPDATE areas SET revision = $1", [token]);
          return token;
        },
      },
      says: /both have token 2/,
    },
    "no RETURNING": {
      answer: {
        accept: async (query: Query, area: string) =>
          (await query("UPDATE areas SET revision = revision + 1 WHERE area = $1", [area])).rowCount,
      },
      says: /answers 1: it should be 2/,
    },
  },
};
