/** The same freeze three times: without a fence, with a question before the write, and with the fence. */
import type pg from "pg";
import { accept, fenced, makeTables, type Order, type Step, walk } from "./fence.ts";

const AREA = "north-america";
const PEOPLE = 10;
/** Before this person PURPLE's soldier freezes. */
const FROZEN_AT = 4;

/** Called where a process may be frozen for any time. */
type Pause = (person: number) => Promise<void>;

/** A step that a soldier may be frozen in. */
export type Way = (client: pg.Client, pause: Pause) => Step;

const write = (client: pg.Client, { area, shirt }: Order, person: number) =>
  client.query("UPDATE people SET shirt = $2 WHERE area = $1 AND person = $3", [area, shirt, person]);

export const ways = {
  "no fence": (client, pause) => async (order, person) => {
    await pause(person);
    await write(client, order, person);
    return true;
  },
  "asks first, writes second": (client, pause) => async (order, person) => {
    const { rows } = await client.query("SELECT revision FROM areas WHERE area = $1", [order.area]);
    if (rows[0]?.revision !== order.revision) return false;
    await pause(person);
    await write(client, order, person);
    return true;
  },
  "the fence": (client, pause) => async (order, person) => {
    await pause(person);
    return fenced(client)(order, person);
  },
} as const satisfies Readonly<Record<string, Way>>;

/** Plays one way and tells it. Resolves with how many people wear PURPLE in the end, although BLUE is the newest. */
export async function play(client: pg.Client, way: Way, print: (line: string) => void): Promise<number> {
  await makeTables(client, AREA, PEOPLE);
  const tell = async (line: string) => print(`${line.padEnd(52)}${await bar(client)}`);
  const purple = await accept(client, AREA, "purple");
  await tell(`PURPLE is accepted, with token ${purple.revision}`);
  const soldier = way(client, async (person) => {
    if (person !== FROZEN_AT) return;
    await tell(`PURPLE's soldier paints ${person}, and freezes`);
    const blue = await accept(client, AREA, "blue");
    await walk(
      blue,
      PEOPLE,
      way(client, async () => {}),
    );
    await tell(`BLUE is accepted, with token ${blue.revision}, and paints ${PEOPLE}`);
  });
  const more = (await walk(purple, PEOPLE, soldier)) - FROZEN_AT;
  await tell(`PURPLE's soldier wakes up, ${whatFollows(more)}`);
  const { rows } = await client.query<{ wrong: number }>(
    "SELECT count(*)::int AS wrong FROM people WHERE shirt <> 'blue'",
  );
  return rows[0]?.wrong ?? 0;
}

function whatFollows(more: number): string {
  if (more === PEOPLE - FROZEN_AT) return `and paints ${more}`;
  return more === 0 ? "and is refused" : `paints ${more}, and is refused`;
}

/** One letter per person. */
async function bar(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ shirt: string | null }>("SELECT shirt FROM people ORDER BY person");
  return rows.map(({ shirt }) => shirt?.[0]?.toUpperCase() ?? "·").join("");
}
