/**
 * How long a command waits behind executors that paint its area without a pause: `pnpm --filter table bench:wait`, about a
 * minute, on the PostgreSQL of DATABASE_URL (PGlite runs one statement at a time: nobody can be passed there).
 *
 * Each lock is tried in turns on the same server: the row shared by steps, the row taken for oneself (ours), and shared with
 * an advisory lock before it, whose queue nobody passes. A step that asked after the command and was committed before it
 * has passed it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type Command, colours } from "@shirts/story";
import pg from "pg";
import { openTable } from "../src/index.ts";
import { command as commandSql, paintFenced } from "../src/sql.ts";

const url = process.env.DATABASE_URL;
if (!url) {
  console.error("DATABASE_URL names no PostgreSQL. Try: pnpm services -- pnpm --filter table bench:wait");
  process.exit(2);
}

const AREA = "north-america";
const STEPS = 100;
const ROUNDS = 15;
const OURS = "FOR NO KEY UPDATE";
/** Each step is painted again and again: whether it has landed before is not asked here. */
const step = paintFenced.replace("EXISTS (SELECT FROM landed)", "EXISTS (SELECT FROM fence)");
const LOCKS: Readonly<Record<string, { step: string; command: string }>> = {
  "FOR SHARE": { step: step.replace(OURS, "FOR SHARE"), command: commandSql },
  [OURS]: { step, command: commandSql },
  "advisory, FOR SHARE": {
    step: step.replace(OURS, "AND pg_advisory_xact_lock_shared(1) IS NOT NULL FOR SHARE"),
    command: commandSql.replace("WHERE area", "WHERE pg_advisory_xact_lock(1) IS NOT NULL AND area"),
  },
};

const table = await openTable(url, { name: "bench" });
await table.prepare({ population: { [AREA]: 200_000 } });
const open = async () => {
  const client = new pg.Client(url);
  await client.connect();
  return client;
};
const president = await open();
const executors = await Promise.all(Array.from({ length: 8 }, open));
const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0;

interface Seen {
  /** How long the command waited. */
  readonly ms: number;
  readonly passed: number;
  readonly deadlocks: number;
}

/** True for a deadlock: the server has ended the step. */
const isDeadlock = (error: unknown) => error instanceof Error && "code" in error && error.code === "40P01";

/** One command while `number` executors paint. */
async function once(lock: string, number: number, round: number): Promise<Seen> {
  const shirt = colours[round % 2];
  const { step, command } = LOCKS[lock] as { step: string; command: string };
  const { rows } = await president.query<Command>(command, [AREA, shirt, ""]);
  const [order] = rows as [Command];
  let accepted = false;
  let asked = Number.POSITIVE_INFINITY;
  let landed = 0;
  let passed = 0;
  let deadlocks = 0;
  let started: () => void = () => {};
  const walking = new Promise<void>((resolve) => {
    started = resolve;
  });
  const walks = executors.slice(0, number).map(async (client, executor) => {
    for (let at = executor * 10; !accepted; at = (at + 1) % STEPS) {
      const mine = performance.now();
      const values = [AREA, order.revision, at, STEPS, shirt, "bench", order.world];
      try {
        const [outcome] = (await client.query<{ passed: boolean }>(step, values)).rows;
        if (!outcome?.passed) return;
        if (mine > asked) passed++;
      } catch (error) {
        if (!isDeadlock(error)) throw error;
        deadlocks++;
      }
      if (++landed === 3 * number) started();
    }
  });
  await walking;
  // At another moment of a step in each round.
  await sleep(round);
  asked = performance.now();
  await president.query(command, [AREA, shirt, ""]);
  const ms = performance.now() - asked;
  accepted = true;
  await Promise.all(walks);
  return { ms, passed, deadlocks };
}

console.log(
  `a command behind executors that paint ${200_000 / STEPS} people a step without a pause, ${ROUNDS} rounds`,
);
console.log(
  "lock                  executors   median ms   longest ms   most steps that passed it   deadlocks",
);
for (const number of [1, 2, 4, 8]) {
  const seen = new Map(Object.keys(LOCKS).map((lock) => [lock, [] as Seen[]]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [lock, list] of seen) list.push(await once(lock, number, round));
  for (const [lock, list] of seen) {
    const waits = list.map(({ ms }) => ms);
    const columns = [
      String(number).padStart(9),
      median(waits).toFixed(1).padStart(12),
      Math.max(...waits)
        .toFixed(1)
        .padStart(13),
      String(Math.max(...list.map(({ passed }) => passed))).padStart(28),
      String(list.reduce((sum, { deadlocks }) => sum + deadlocks, 0)).padStart(12),
    ];
    console.log(lock.padEnd(22) + columns.join(""));
  }
}
for (const client of [president, ...executors]) await client.end();
await table.close();
