/** What may pass is tried again, and nothing is waited for without an end. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openWorld, type World } from "../src/index.ts";
import { type Database, kinds } from "./support/databases.ts";
import { sql } from "./support/sql.ts";
import { openWay, type Way } from "./support/way.ts";

const stroke = { steps: 10, node: "n1" };
const area = "north-america";

describe.each(kinds)("with patience, on $name", (kind) => {
  let database: Database;
  let world: World;
  let way: Way;
  beforeAll(async () => {
    database = await kind.open();
  });
  afterAll(() => database?.drop());
  beforeEach(async () => {
    way = await openWay(database.url);
    world = await openWorld(way.url, { askMs: 500, retryMs: 10_000 });
    await world.prepare({ population: { [area]: 100 } });
  });
  afterEach(async () => {
    await way.close();
    await world.close();
  });

  /** Resolves when so many steps are in the log. */
  const landed = (steps: number) =>
    vi.waitUntil(async () => (await sql(database.url, "SELECT FROM story.steps")).length === steps, {
      timeout: 10_000,
      interval: 5,
    });

  it.each(["paint", "paintFenced"] as const)(
    "%s: a step whose answer is lost with its connection is painted again, and lands once for the people",
    async (paint) => {
      const purple = await world.command(area, "purple");
      way.silence();
      const step = world[paint](purple, 0, stroke);
      await landed(1);
      way.cut();
      expect(await step).toEqual(paint === "paint" ? { stale: false } : true);
      expect(await world.verdict()).toMatchObject([{ wearing: { purple: 10, white: 90 }, stale: 0 }]);
    },
  );

  it("a connection that is silent for good is given up, and the step is painted over another", async () => {
    const purple = await world.command(area, "purple");
    way.silence();
    expect(await world.paintFenced(purple, 0, stroke)).toBe(true);
    expect(await world.resume(purple, 10)).toBe(1);
  });

  it("questions are asked again: resume, accepted, revisions, the outbox", async () => {
    const purple = await world.command(area, "purple", "v4");
    for (const [ask, answer] of [
      [() => world.resume(purple, 10), 0],
      [() => world.accepted(purple), true],
      [() => world.revisions(), new Map([[area, 1]])],
      [() => world.unconfirmed("v4"), [purple]],
      [() => world.unfinished("v4"), [purple]],
      [() => world.confirm(purple), undefined],
    ] as const) {
      way.silence();
      expect(await ask()).toEqual(answer);
    }
  });

  it("a command is not asked for again: it could be accepted twice", async () => {
    way.silence();
    await expect(world.command(area, "purple")).rejects.toThrow("it has not answered for long");
    expect((await world.revisions()).get(area)).toBeLessThanOrEqual(1);
  });

  it("a database that does not come back is given up after a while, in one line", async () => {
    const purple = await world.command(area, "purple");
    const brief = await openWorld(way.url, { retryMs: 200 });
    await way.close();
    await expect(brief.paintFenced(purple, 0, stroke)).rejects.toThrow(
      /^PostgreSQL at \S+: nobody answers.*$/,
    );
    await brief.close();
    way = await openWay(database.url);
  });
});
