/**
 * The name of a world. `prepare` begins revisions anew, so a number of an earlier world may be as high as the newest one:
 * without a name, a process that slept through it would pass the fence (a counter that is wiped makes a zombie's number
 * valid again).
 */
import { beforeEach, describe, expect, it } from "vitest";
import { type Table, WorldGoneError } from "../src/index.ts";
import { withoutWorld } from "./support/broken-fence.ts";
import { type Database, kinds, onTable } from "./support/databases.ts";
import { openClient, sql } from "./support/sql.ts";

const area = "north-america";
const stroke = { steps: 10, node: "n1" };
const fresh = { population: { [area]: 100 } };

describe.each(kinds)("a world on $name", (kind) => {
  let database: Database;
  let table: Table;
  onTable(kind, (opened) => {
    ({ database, table } = opened);
  });
  beforeEach(() => table.prepare(fresh));

  /** PURPLE 1 of a world that is gone, and BLUE 1 of the one that is. */
  async function zombie() {
    const purple = await table.command(area, "purple");
    await table.prepare(fresh);
    const blue = await table.command(area, "blue");
    expect([purple.revision, blue.revision]).toEqual([1, 1]);
    return { purple, blue };
  }
  const untouched = async () => {
    expect((await table.verdict())[0]?.wearing).toEqual({ white: 100 });
    expect(await sql(database.url, "SELECT FROM story.steps")).toEqual([]);
  };

  it("has a name that no other world has, and keeps it", async () => {
    const first = await table.world();
    await table.command(area, "purple");
    expect(await table.world()).toBe(first);
    await table.prepare(fresh);
    expect(await table.world()).not.toBe(first);
  });

  it.each(["paint", "paintFenced"] as const)(
    "%s: a step of a world that is gone paints nobody, is not logged, and says so",
    async (paint) => {
      const { purple } = await zombie();
      await expect(table[paint](purple, 0, stroke)).rejects.toThrow(WorldGoneError);
      await untouched();
    },
  );

  it("a step whose command names no world is of no world", async () => {
    const { area: at, shirt, revision } = await table.command(area, "purple");
    await expect(table.paintFenced({ area: at, shirt, revision }, 0, stroke)).rejects.toThrow(WorldGoneError);
  });

  it("a command of a world that is gone is not accepted, confirms nothing, and has no progress", async () => {
    const { purple, blue } = await zombie();
    expect(await table.accepted({ ...purple, shirt: "blue" })).toBe(false);
    await table.confirm(purple);
    expect(await table.unconfirmed()).toEqual([blue]);
    await table.paintFenced(blue, 0, stroke);
    expect([await table.resume(purple, 10), await table.resume(blue, 10)]).toEqual([0, 1]);
  });

  it("renew keeps people and commands, and takes the worth from every number that was given before", async () => {
    const before = await table.command(area, "purple");
    await table.paintFenced(before, 0, stroke);
    await table.renew();
    await expect(table.paintFenced(before, 1, stroke)).rejects.toThrow(WorldGoneError);
    const [again] = await table.unconfirmed();
    expect(again).toEqual({ ...before, world: await table.world() });
    // From its first step on: what landed under this number may have been of a command that was lost.
    expect(await table.resume({ ...before, ...again }, 10)).toBe(0);
    expect(await table.verdict()).toMatchObject([
      { commanded: "purple", wearing: { purple: 10, white: 90 } },
    ]);
  });

  it("planted: a fence that compares numbers alone lets the zombie pass", async () => {
    const { purple } = await zombie();
    const client = await openClient(database.url);
    try {
      const { area: at, revision, shirt, world } = purple;
      // The parameter stays in the statement, in its last line.
      await client.query(withoutWorld(), [at, revision, 0, 10, shirt, "zombie", world]);
    } finally {
      await client.end();
    }
    await expect(untouched()).rejects.toThrow();
  });
});
