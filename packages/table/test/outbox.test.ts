/** The outbox: what waits, who may send it again, and which command is given up because it kills its nodes. */
import type { Command } from "@shirts/story";
import { beforeEach, describe, expect, it } from "vitest";
import type { Table } from "../src/index.ts";
import { byTheClock, neverReset } from "./support/broken-outbox.ts";
import { type Database, kinds, NO_POSTGRES, onTable, realPostgres } from "./support/databases.ts";
import { sql } from "./support/sql.ts";

const stroke = { steps: 10, node: "n1" };
const KILLS_MAX = 5;

if (!realPostgres) it.skip(`the outbox on PostgreSQL: ${NO_POSTGRES}`);

describe.each(kinds)("the outbox on $name", (kind) => {
  let database: Database;
  let table: Table;
  onTable(
    kind,
    (opened) => {
      ({ database, table } = opened);
    },
    { name: "test" },
  );
  beforeEach(() => table.prepare({ population: { "north-america": 100, "south-america": 10 } }));

  let attempts = 0;
  /** A node begins, and never takes the attempt back. Resolves with its id when it was noted. */
  const begin = async (command: Command): Promise<string | undefined> => {
    const id = `a${++attempts}`;
    const { isGivenUp } = await table.begin(command, { id, node: "n1", living: [] }, KILLS_MAX);
    return isGivenUp ? undefined : id;
  };
  const purple = () => table.command("north-america", "purple", "v4");
  const waiting = async () => (await table.waiting("v4")).map(({ command }) => command);

  it("what waits are the unconfirmed commands, and each area's newest one until its steps have landed", async () => {
    const old = await purple();
    const blue = await table.command("north-america", "blue", "v4");
    await table.command("south-america", "green", "v3");
    expect(await waiting()).toEqual([old, blue]);
    for (const command of [old, blue]) await table.confirm(command);
    expect(await waiting()).toEqual([blue]);
    for (let step = 0; step < 10; step++) await table.paintFenced(blue, step, stroke);
    expect(await waiting()).toEqual([]);
  });

  it("everything that happens to a command is seen as a count", async () => {
    const command = await purple();
    const seen = async () => (await table.waiting("v4"))[0] ?? expect.fail("nothing waits");
    const fresh = { command, copies: 0, sendings: 0, landed: 0, attempts: 0, beats: 0 };
    expect(await seen()).toEqual(fresh);
    await table.confirm(command);
    await table.claim(await seen());
    const id = (await begin(command)) ?? expect.fail("it is given up");
    for (let beat = 0; beat < 3; beat++) await table.beat([id]);
    await table.paintFenced(command, 0, stroke);
    await table.paintFenced(command, 0, stroke);
    expect(await seen()).toEqual({ command, copies: 1, sendings: 1, landed: 1, attempts: 1, beats: 3 });
    await table.end([id]);
    expect(await seen()).toMatchObject({ attempts: 0, beats: 0 });
  });

  it("a command of a clock that is an hour ahead waits like any other", async () => {
    const command = await purple();
    await sql(database.url, "UPDATE story.commands SET accepted_at = accepted_at + interval '1 hour'");
    expect(await waiting()).toEqual([command]);
    // Planted: a relay that compares two clocks.
    expect(await sql(database.url, byTheClock(), ["v4"])).toEqual([]);
  });

  it("of all who have seen the same, one may send", async () => {
    await purple();
    const [seen = expect.fail("nothing waits")] = await table.waiting("v4");
    const answers = await Promise.all([seen, seen, seen].map((each) => table.claim(each)));
    expect(answers.filter((mine) => mine)).toEqual([true]);
    const [again = expect.fail("nothing waits")] = await table.waiting("v4");
    expect(await table.claim(again)).toBe(true);
  });

  it("a command that killed five nodes without a step is given up, and only `revive` brings it back", async () => {
    const command = await purple();
    for (let kill = 0; kill < KILLS_MAX; kill++) expect(await begin(command)).toBeDefined();
    expect(await begin(command)).toBeUndefined();
    expect(await begin(command)).toBeUndefined();
    expect(await waiting()).toEqual([]);
    expect(await table.unfinished("v4")).toEqual([command]);
    await table.revive(command);
    expect(await waiting()).toEqual([command]);
    for (let kill = 0; kill < KILLS_MAX; kill++) expect(await begin(command)).toBeDefined();
    expect(await begin(command)).toBeUndefined();
  });

  it("a command that is given up after a relay has seen it is not claimed", async () => {
    const command = await purple();
    const [seen = expect.fail("nothing waits")] = await table.waiting("v4");
    for (let kill = 0; kill <= KILLS_MAX; kill++) await begin(command);
    expect(await table.claim(seen)).toBe(false);
  });

  it("each landed step is a new start; planted: kills that count for ever give a healthy command up", async () => {
    const command = await purple();
    for (let step = 0; step < 10; step++) {
      expect(await begin(command)).toBeDefined();
      expect(await begin(command)).toBeDefined();
      await table.paintFenced(command, step, stroke);
    }
    const { area, revision, world } = command;
    const broken = [area, revision, world, "planted", "n1", KILLS_MAX, []];
    expect(await sql(database.url, neverReset(), broken)).toMatchObject([{ isGivenUp: true, kills: 20 }]);
  });

  it("what is taken back or lives in the same process never counts, and what is noted twice counts once", async () => {
    const command = await purple();
    for (let deploy = 0; deploy < 100; deploy++) {
      const id = (await begin(command)) ?? expect.fail(`given up after ${deploy} deploys`);
      await table.end([id]);
    }
    const attempt = { id: "twice", node: "n1", living: [] };
    for (let time = 0; time < 2; time++)
      expect(await table.begin(command, attempt, KILLS_MAX)).toEqual({ isGivenUp: false, kills: 0 });
    const next = { id: "next", node: "n1", living: [] };
    expect(await table.begin(command, { ...next, living: ["twice"] }, KILLS_MAX)).toMatchObject({ kills: 0 });
    expect(await table.begin(command, next, KILLS_MAX)).toMatchObject({ kills: 1 });
  });

  it("a command of a world that is gone is neither claimed nor given up", async () => {
    const before = await purple();
    const [seen = expect.fail("nothing waits")] = await table.waiting("v4");
    await table.renew();
    expect(await table.claim(seen)).toBe(false);
    for (let kill = 0; kill < 9; kill++) expect(await begin(before)).toBeDefined();
    expect(await waiting()).toHaveLength(1);
  });
});
