/** Faults of the table: PostgreSQL dies, is started anew, is slow, or gets a new world. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Area, areas, isRight } from "@shirts/story";
import { POPULATION } from "../arena.ts";
import { type Fault, type Injection, victim } from "./injection.ts";
import { roll } from "./node.ts";

const UNLOGGED = `
  SELECT oid::regclass::text AS name FROM pg_class
  WHERE relnamespace = 'story'::regnamespace AND relkind = 'r' AND relpersistence = 'u' ORDER BY name`;

/**
 * kill -9 of PostgreSQL, and a start on its own data. Everything is kept: for this story all tables are LOGGED, as those
 * of a program that cannot make its rows again. (`table-crash` is the same with our own tables, which a crash empties.)
 */
export const table: Fault = async ({ arena: { audit, postgres }, random, giveOne, whenQuiet }) => {
  const unlogged = await audit.query<{ name: string }>(UNLOGGED);
  for (const { name } of unlogged) await audit.query(`ALTER TABLE ${name} SET LOGGED`);
  whenQuiet(async () => {
    for (const { name } of unlogged) await audit.query(`ALTER TABLE ${name} SET UNLOGGED`);
  });
  const crash = sleep(random.int(0, 60)).then(() => postgres.restart());
  await Promise.all([crash, giveOne()]);
  await giveOne();
};

/** PostgreSQL is shut down in order, in the middle of transactions, and started again: an update of the server. */
export const tableRestart: Fault = async ({ arena, random, giveOne }) => {
  const restart = async () => {
    await arena.postgres.shutDown();
    await sleep(random.int(0, 1000));
    await arena.postgres.restart();
  };
  await Promise.all([restart(), giveOne()]);
  await giveOne();
};

const GONE = /the people are gone/;

/**
 * kill -9 of PostgreSQL with our own tables: the people are gone. Either somebody makes them again, or the nodes say so
 * in a clear word; then a person prepares the world again.
 */
export const tableCrash: Fault = async (injection) => {
  const { arena, trace, allGiven, giveOne, newWorld, byPerson, complain } = injection;
  await arena.postgres.restart();
  await allGiven;
  // Some node has to meet the empty table.
  const given = injection.commands().length;
  await until(async () => {
    await giveOne();
    return injection.commands().length > given;
  });
  const hasSaid = () => trace.some((event) => event.type === "crashed" && GONE.test(event.reason));
  const areBack = async () => (await arena.audit.wearing()).size === Object.keys(POPULATION).length;
  if (!(await until(async () => hasSaid() || (await areBack()))))
    complain("the people are gone, and no node has said so");
  if (await areBack()) return;
  if (isRight(await arena.table.verdict())) complain("the people are gone, and the verdict calls it right");
  await byPerson(() => arena.table.prepare({ population: POPULATION }));
  await newWorld();
  await arena.heal();
  await giveOne();
};

/** The way to the table is long for every node, and another client locks an area for a second: its row, or its people. */
export const slowTable: Fault = async ({ arena, random, giveOne, whenQuiet }) => {
  const far = (ms: () => number) => {
    for (const { table } of arena.slots) table.lag(ms());
  };
  far(() => random.int(20, 60));
  whenQuiet(async () => far(() => 0));
  const area = random.pick(Object.keys(POPULATION) as Area[]);
  const rows = random.pick(["areas", "people"]);
  const lock = `SELECT FROM story.${rows} WHERE area = $1 FOR UPDATE`;
  await Promise.all([arena.audit.hold(lock, [area], 1000), giveOne(area)]);
};

/** The message that ends a statement and its transaction, in PostgreSQL's protocol. */
const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);
const HOLD_MS = 20_000;

/**
 * A node's connection freezes when a step is painted and not committed: between Execute and Sync. The step holds its locks
 * then, and a newer command for the area has to wait for them.
 */
export const frozenConnection: Fault = async (injection) => {
  const { table } = victim(injection);
  let isFrozen = false;
  let thaw: NodeJS.Timeout | undefined;
  void table.stallAt((bytes) => {
    const sync = bytes.includes("UPDATE story.people") ? bytes.lastIndexOf(SYNC) : -1;
    if (isFrozen || sync === -1) return -1;
    isFrozen = true;
    thaw = setTimeout(() => table.flow(), HOLD_MS);
    return sync;
  });
  const hasFrozen = await until(async () => {
    await giveEach(injection);
    return isFrozen;
  });
  if (hasFrozen) await giveEach(injection);
  else injection.complain("no step came by that could be frozen");
  clearTimeout(thaw);
  table.flow();
};

async function giveEach({ giveOne }: Injection): Promise<void> {
  await Promise.all(areas.map((area) => giveOne(area)));
}

/** A new world is prepared while nodes work for the old one. They end or refuse; new nodes serve the new world. */
export const prepare: Fault = async ({ arena, giveOne, newWorld, whenQuiet, complain }) => {
  await arena.table.prepare({ population: POPULATION });
  await newWorld();
  for (let count = 0; count < 2; count++) await giveOne();
  // A node that got no job meanwhile is still of the old world, as long as nobody starts it again.
  whenQuiet(() => roll(arena, complain));
};

const UNTIL_MS = 20_000;

/** Asks again and again. False: it was never true. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = performance.now() + UNTIL_MS;
  while (performance.now() < end) {
    if (await isSo()) return true;
    await sleep(20);
  }
  return false;
}
