/**
 * What a fence costs, and how long one who accepts waits: `pnpm services -- pnpm --filter fence bench`, about a minute, on the PostgreSQL
 * of DATABASE_URL. (PGlite runs one transaction at a time: nobody can be passed there.)
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { fence } from "../src/index.ts";
import { held } from "../src/sql.ts";

const url = process.env.DATABASE_URL;
if (!url) {
  console.log("DATABASE_URL names no PostgreSQL. Try: pnpm services -- pnpm --filter fence bench");
  process.exit(0);
}

const ROWS = 2_000;
const shirts = fence({ schema: "fence_bench" });
const clients: pg.Client[] = [];
const open = async () => {
  const client = new pg.Client(url);
  await client.connect();
  clients.push(client);
  return client;
};
const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0;
const timed = async (work: () => Promise<unknown>) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const one = await open();
await one.query("DROP SCHEMA IF EXISTS fence_bench CASCADE");
await shirts.create(one);
await one.query(`CREATE UNLOGGED TABLE fence_bench.data WITH (fillfactor = 45) AS
  SELECT part, row, 0 AS shirt FROM generate_series(0, 15) AS part, generate_series(1, ${ROWS}) AS row`);
await one.query("CREATE INDEX ON fence_bench.data (part)");
await one.query("ANALYZE fence_bench.data");

const write = (client: pg.Client, part: number) =>
  client.query("UPDATE fence_bench.data SET shirt = shirt + 1 WHERE part = $1", [part]);

/** How a row is held. The second one is only here to be compared with. */
type Lock = "FOR NO KEY UPDATE" | "FOR SHARE";

/** A step as the README says it. Answers whether it might write. */
async function step(client: pg.Client, revision: number, part: number, lock: Lock): Promise<boolean> {
  const locking = {
    query: (text: string, values?: unknown[]) =>
      client.query(text.replace("FOR NO KEY UPDATE", lock), values),
  };
  await client.query("BEGIN");
  const may = await shirts.guard(locking, "europe", revision);
  if (may) await write(client, part);
  await client.query("COMMIT");
  return may;
}

/** The same in one statement, as v4's table does it. */
const IN_ONE = `WITH fence AS (${held("1", "fence_bench.revisions", "key = $1 AND revision = $2")})
  UPDATE fence_bench.data SET shirt = shirt + 1 WHERE part = $3 AND EXISTS (SELECT FROM fence)`;

const revision = await shirts.accept(one, "europe");
/** Each over rows of its own: what one leaves behind must not slow another. */
const kinds: [string, number[], (part: number) => Promise<unknown>][] = [
  ["an UPDATE without a fence", [], (part) => write(one, part)],
  [
    "the same in a transaction",
    [],
    async (part) => {
      await one.query("BEGIN");
      await write(one, part);
      await one.query("COMMIT");
    },
  ],
  ["behind guard, in a transaction", [], (part) => step(one, revision, part, "FOR NO KEY UPDATE")],
  ["behind held, in one statement", [], (part) => one.query(IN_ONE, ["europe", revision, part])],
];
for (let round = 0; round < 400; round++) {
  // In turns, so that a busy machine slows all alike, and by chance, so that none always follows the same one.
  const order = kinds.map((_, part) => ({ part, place: Math.random() })).sort((a, b) => a.place - b.place);
  for (const { part } of order) {
    const [, times, work] = kinds[part] as (typeof kinds)[number];
    times.push(await timed(() => work(part)));
  }
}
const [bare = 0, , single = 0] = kinds.map(([, times]) => median(times));
console.log(`a step over ${ROWS} rows, 400 rounds                median ms   ratio`);
for (const [name, times] of kinds)
  console.log(
    `${name.padEnd(44)} ${median(times).toFixed(2).padStart(12)} ${(median(times) / bare).toFixed(2).padStart(7)}`,
  );

const writers = await Promise.all(Array.from({ length: 16 }, open));
const ROUNDS = 15;
const LONGEST_MS = 10_000;

/** One command while writers write without a pause: how long it waits, and how many steps that asked after it were done before. */
async function once(number: number, lock: Lock, round: number): Promise<{ ms: number; passed: number }> {
  const current = await shirts.accept(one, "europe");
  let asked = Number.POSITIVE_INFINITY;
  let isOver = false;
  let passed = 0;
  const walks = writers.slice(0, number).map(async (client, part) => {
    while (!isOver) {
      const mine = performance.now();
      if (!(await step(client, current, part, lock))) return;
      if (mine > asked && !isOver) passed++;
    }
  });
  // At another moment of a step in each round.
  await sleep(20 + round);
  asked = performance.now();
  const tooLong = setTimeout(() => {
    isOver = true;
  }, LONGEST_MS);
  const ms = await timed(() => shirts.accept(one, "europe"));
  isOver = true;
  clearTimeout(tooLong);
  await Promise.all(walks);
  return { ms, passed };
}

console.log(
  `\naccept behind writers without a pause, ${ROUNDS} rounds, given up after ${LONGEST_MS / 1000} s`,
);
console.log("lock                writers   median ms   longest ms   median / one step   most that passed it");
for (const number of [1, 4, 16])
  for (const lock of ["FOR NO KEY UPDATE", "FOR SHARE"] as const) {
    const seen = [];
    for (let round = 0; round < (lock === "FOR SHARE" ? 5 : ROUNDS); round++)
      seen.push(await once(number, lock, round));
    const waits = seen.map(({ ms }) => ms);
    const columns = [
      String(number).padStart(9),
      median(waits).toFixed(1).padStart(12),
      Math.max(...waits)
        .toFixed(1)
        .padStart(13),
      (median(waits) / single).toFixed(1).padStart(20),
      String(Math.max(...seen.map(({ passed }) => passed))).padStart(22),
    ];
    console.log(lock.padEnd(18) + columns.join(""));
  }

await one.query("DROP SCHEMA fence_bench CASCADE");
for (const client of clients) await client.end();
