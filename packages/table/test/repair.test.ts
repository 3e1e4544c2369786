/** A crash of the server empties the people's table and nothing else. What is there again must be painted again. */
import type { Command } from "@shirts/story";
import { beforeEach, describe, expect, it } from "vitest";
import { openTable, type Table } from "../src/index.ts";
import { type Database, kinds, onTable } from "./support/databases.ts";
import { sql } from "./support/sql.ts";

const stroke = { steps: 10, node: "n1" };
const population = { "north-america": 100, "south-america": 7 };

describe.each(kinds)("people who are gone, on $name", (kind) => {
  let database: Database;
  let table: Table;
  onTable(kind, (opened) => {
    ({ database, table } = opened);
  });
  beforeEach(() => table.prepare({ population }));

  const walk = async (command: Command, from = 0) => {
    for (let step = from; step < stroke.steps; step++) await table.paintFenced(command, step, stroke);
  };
  /** What a crash leaves of UNLOGGED tables. */
  const crash = () => sql(database.url, "TRUNCATE story.people, story.landed");
  /** PURPLE is done, BLUE is done, and the broker has confirmed both: then the server crashes. */
  const done = async () => {
    const purple = await table.command("north-america", "purple", "v4");
    await table.paintFenced(purple, 0, stroke);
    const blue = await table.command("north-america", "blue", "v4");
    await table.paintFenced(purple, 1, stroke);
    await walk(blue);
    for (const command of [purple, blue]) await table.confirm(command);
    expect(await table.unfinished("v4")).toEqual([]);
    const landed = await sql<Record<string, unknown>>(database.url, "SELECT * FROM story.landed");
    await crash();
    return { blue, landed };
  };

  it("repopulate makes them again in white and keeps the commands, and the newest one is unfinished from its first step on", async () => {
    const { blue } = await done();
    expect(await table.repopulate()).toEqual(["north-america", "south-america"]);
    expect(await table.verdict()).toMatchObject([
      { commanded: "blue", revision: 2, wearing: { white: 100 }, refused: 1 },
      { revision: 0, wearing: { white: 7 } },
    ]);
    expect(await table.unfinished("v4")).toEqual([blue]);
    expect(await table.resume(blue, 10)).toBe(0);
    await walk(blue, await table.resume(blue, 10));
    expect((await table.verdict())[0]).toMatchObject({ wearing: { blue: 100 }, wrong: 0 });
    expect(await table.unfinished("v4")).toEqual([]);
  });

  it("planted: people made again beside steps that still count as landed stay white, and nobody is told", async () => {
    const { blue, landed } = await done();
    await table.repopulate();
    // A repopulate that forgets to forget: the same steps have landed as before.
    await sql(
      database.url,
      "INSERT INTO story.landed SELECT * FROM jsonb_populate_recordset(NULL::story.landed, $1)",
      [JSON.stringify(landed)],
    );
    await walk(blue, await table.resume(blue, 10));
    expect(await table.unfinished("v4")).toEqual([]);
    expect((await table.verdict())[0]).toMatchObject({ wrong: 100 });
  });

  it("repopulate leaves an area alone that has its people", async () => {
    const blue = await table.command("north-america", "blue", "v4");
    const purple = await table.command("south-america", "purple", "v4");
    await walk(blue);
    await walk(purple);
    await sql(database.url, "DELETE FROM story.people WHERE area = 'south-america' AND person = 3");
    expect(await table.repopulate()).toEqual(["south-america"]);
    expect(await table.unfinished("v4")).toEqual([purple]);
    expect(await table.verdict()).toMatchObject([{ wearing: { blue: 100 } }, { wearing: { white: 7 } }]);
    expect(await table.repopulate()).toEqual([]);
    expect(await table.resume(blue, 10)).toBe(10);
  });

  it("a walk in the middle of which the people are made again is unfinished when it ends", async () => {
    const blue = await table.command("north-america", "blue", "v4");
    await table.paintFenced(blue, 0, stroke);
    await crash();
    await table.repopulate();
    await walk(blue, 1);
    expect(await table.resume(blue, 10)).toBe(0);
    expect(await table.unfinished("v4")).toEqual([blue]);
  });

  it("two that repopulate at once make everybody once", async () => {
    await crash();
    const other = await openTable(database.url);
    const made = await Promise.all([table.repopulate(), other.repopulate()]);
    await other.close();
    expect(made.flat().toSorted()).toEqual(["north-america", "south-america"]);
    expect(await table.verdict()).toMatchObject([{ wearing: { white: 100 } }, { wearing: { white: 7 } }]);
  });
});
