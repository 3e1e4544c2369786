import type { Command } from "@shirts/story";
import { beforeEach, describe, expect, it } from "vitest";
import { openTable, type Table } from "../src/index.ts";
import { withoutRevision } from "./support/broken-fence.ts";
import { type Database, kinds, NO_POSTGRES, onTable, realPostgres } from "./support/databases.ts";
import { sql } from "./support/sql.ts";

const stroke = { steps: 10, node: "n1" };
const population = { "north-america": 1_000, "south-america": 7 };

if (!realPostgres) it.skip(`the world on PostgreSQL: ${NO_POSTGRES}`);

describe.each(kinds)("the world on $name", (kind) => {
  let database: Database;
  let table: Table;
  onTable(
    kind,
    (opened) => {
      ({ database, table } = opened);
    },
    { name: "test" },
  );
  beforeEach(() => table.prepare({ population }));

  const walk = async (command: Command, steps = stroke.steps) => {
    for (let step = 0; step < steps; step++) await table.paint(command, step, { ...stroke, steps });
  };

  it("a fresh world wears white, has no command, and is right", async () => {
    const empty = { commanded: undefined, revision: 0, wrong: 0, stale: 0, refused: 0 };
    expect(await table.verdict()).toEqual([
      { area: "north-america", people: 1_000, wearing: { white: 1_000 }, ...empty },
      { area: "south-america", people: 7, wearing: { white: 7 }, ...empty },
    ]);
    expect(await table.revisions()).toEqual(
      new Map([
        ["north-america", 0],
        ["south-america", 0],
      ]),
    );
    expect(await table.unconfirmed()).toEqual([]);
  });

  it("each command raises the revision of its own area by one", async () => {
    expect(await table.command("north-america", "purple")).toMatchObject({
      area: "north-america",
      shirt: "purple",
      revision: 1,
    });
    expect(await table.command("north-america", "blue")).toMatchObject({
      area: "north-america",
      shirt: "blue",
      revision: 2,
    });
    expect(await table.command("south-america", "blue")).toMatchObject({ revision: 1 });
    expect(await table.revisions()).toEqual(
      new Map([
        ["north-america", 2],
        ["south-america", 1],
      ]),
    );
  });

  it("commands that come at once get revisions without gap or double", async () => {
    const commands = await Promise.all(
      Array.from({ length: 20 }, () => table.command("north-america", "green")),
    );
    const revisions = commands.map(({ revision }) => revision).sort((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it("a command was accepted by its area, its revision and its shirt, not by two of them", async () => {
    const command = await table.command("north-america", "purple");
    expect(await table.accepted(command)).toBe(true);
    expect(await table.accepted({ ...command, shirt: "blue" })).toBe(false);
    expect(await table.accepted({ ...command, revision: 2 })).toBe(false);
    expect(await table.accepted({ ...command, area: "south-america" })).toBe(false);
    await table.prepare({ population });
    expect(await table.accepted(command)).toBe(false);
  });

  it("a command stands in the outbox until it is confirmed, oldest first", async () => {
    const first = await table.command("north-america", "purple");
    const second = await table.command("south-america", "green");
    const third = await table.command("north-america", "blue");
    expect(await table.unconfirmed()).toEqual([first, second, third]);
    await table.confirm(second);
    await table.confirm(second);
    expect(await table.unconfirmed()).toEqual([first, third]);
  });

  it("a confirm is for one command: neither an older one nor a newer one is confirmed with it", async () => {
    const [purple, blue, green] = [
      await table.command("north-america", "purple"),
      await table.command("north-america", "blue"),
      await table.command("north-america", "green"),
    ];
    await table.command("south-america", "orange");
    const orange = await table.command("south-america", "orange");
    await table.confirm(blue);
    expect(await table.unconfirmed()).toEqual([purple, green, expect.anything(), orange]);
  });

  it("the outbox of a stage has its own commands only", async () => {
    const third = await table.command("north-america", "purple", "v3");
    const fourth = await table.command("north-america", "blue", "v4");
    expect(await table.unconfirmed("v3")).toEqual([third]);
    expect(await table.unconfirmed("v4")).toEqual([fourth]);
  });

  it("an area's newest command is unfinished until all steps of one walk have landed, and an older one never is", async () => {
    await table.command("north-america", "purple", "v4");
    const blue = await table.command("north-america", "blue", "v4");
    const green = await table.command("south-america", "green", "v3");
    expect(await table.unfinished("v4")).toEqual([blue]);
    expect(await table.unfinished("v3")).toEqual([green]);
    for (let step = 0; step < 9; step++) await table.paintFenced(blue, step, stroke);
    await table.paintFenced(blue, 0, { ...stroke, steps: 2 });
    await table.paintFenced(blue, 8, stroke);
    expect(await table.unfinished("v4")).toEqual([blue]);
    await table.paintFenced(blue, 9, stroke);
    expect(await table.unfinished("v4")).toEqual([]);
  });

  it("the steps of a job meet everybody once, also where people cannot be divided by steps", async () => {
    const command = await table.command("south-america", "orange");
    const worn: number[] = [];
    for (let step = 0; step < 3; step++) {
      await table.paint(command, step, { ...stroke, steps: 3 });
      const [, verdict] = await table.verdict();
      worn.push(verdict?.wearing.orange ?? 0);
    }
    expect(worn).toEqual([2, 4, 7]);
  });

  it("with more steps than people the last step still meets the last person, and an empty step passes the fence", async () => {
    const command = await table.command("south-america", "orange");
    for (let step = 0; step < 10; step++)
      expect(await table.paintFenced(command, step, stroke)).toBe("painted");
    expect((await table.verdict())[1]).toMatchObject({ wearing: { orange: 7 }, wrong: 0, refused: 0 });
  });

  it("a fenced walk in more steps than there are people is finished: steps without people land, too", async () => {
    const command = await table.command("south-america", "orange", "v4");
    for (let step = 0; step < 10; step++) await table.paintFenced(command, step, stroke);
    expect(await table.resume(command, 10)).toBe(10);
    expect(await table.unfinished("v4")).toEqual([]);
  });

  it("a painted step of an older command lands, and is counted as stale", async () => {
    const purple = await table.command("north-america", "purple");
    expect(await table.paint(purple, 0, stroke)).toEqual({ stale: false });
    const blue = await table.command("north-america", "blue");
    await walk(blue);
    expect(await table.paint(purple, 1, stroke)).toEqual({ stale: true });
    expect((await table.verdict())[0]).toMatchObject({
      commanded: "blue",
      revision: 2,
      wearing: { blue: 900, purple: 100 },
      wrong: 100,
      stale: 1,
      refused: 0,
    });
  });

  it("a fenced step of an older command is refused, and paints nobody", async () => {
    const purple = await table.command("north-america", "purple");
    expect(await table.paintFenced(purple, 0, stroke)).toBe("painted");
    const blue = await table.command("north-america", "blue");
    for (let step = 0; step < stroke.steps; step++) await table.paintFenced(blue, step, stroke);
    expect(await table.paintFenced(purple, 1, stroke)).toBe("refused");
    expect((await table.verdict())[0]).toMatchObject({
      wearing: { blue: 1_000 },
      wrong: 0,
      stale: 0,
      refused: 1,
    });
  });

  it("the verdict leaves out what another stage did before, and counts what it still does", async () => {
    const purple = await table.command("north-america", "purple", "v1");
    const blue = await table.command("north-america", "blue", "v1");
    await table.paint(purple, 0, stroke);
    expect((await table.verdict())[0]).toMatchObject({ stale: 1, refused: 0 });
    const green = await table.command("north-america", "green", "v4");
    expect((await table.verdict())[0]).toMatchObject({ stale: 0, refused: 0 });
    expect(await table.paintFenced(blue, 0, stroke)).toBe("refused");
    await table.paint(blue, 1, stroke);
    await table.paintFenced(green, 2, stroke);
    expect((await table.verdict())[0]).toMatchObject({ stale: 1, refused: 1 });
    await table.command("north-america", "orange", "v4");
    expect((await table.verdict())[0]).toMatchObject({ stale: 1, refused: 1 });
  });

  it("a broken fence is seen by the verdict: five older steps that land after a newer command are five stale steps", async () => {
    const purple = await table.command("north-america", "purple");
    const broken = (step: number) =>
      sql(database.url, withoutRevision(), [
        "north-america",
        purple.revision,
        step,
        10,
        "purple",
        "n1",
        purple.world,
      ]);
    for (let step = 0; step < 5; step++) await broken(step);
    expect((await table.verdict())[0]).toMatchObject({ wrong: 500, stale: 0, refused: 0 });
    const blue = await table.command("north-america", "blue");
    for (let step = 5; step < 10; step++) await broken(step);
    await table.paintFenced(blue, 0, stroke);
    expect((await table.verdict())[0]).toMatchObject({ wrong: 900, stale: 5, refused: 0 });
  });

  it("a command for one area is no news for the other", async () => {
    const north = await table.command("north-america", "purple");
    await table.command("south-america", "blue");
    expect(await table.paintFenced(north, 0, stroke)).toBe("painted");
    expect(await table.paint(north, 1, stroke)).toEqual({ stale: false });
  });

  it("a job resumes at the first step that did not land, whichever node painted the others", async () => {
    const purple = await table.command("north-america", "purple");
    expect(await table.resume(purple, 10)).toBe(0);
    for (const step of [0, 1, 1, 3]) await table.paintFenced(purple, step, stroke);
    await table.paintFenced(purple, 0, { ...stroke, node: "n2" });
    expect(await table.resume(purple, 10)).toBe(2);
    const blue = await table.command("north-america", "blue");
    expect(await table.paintFenced(purple, 2, stroke)).toBe("refused");
    expect(await table.resume(purple, 10)).toBe(2);
    expect(await table.resume(blue, 10)).toBe(0);
  });

  it("a step of a command lands once, whichever executor has it, and of another walk's steps each lands once, too", async () => {
    const purple = await table.command("north-america", "purple");
    const outcomes = ["n1", "n2", "n1"].map((node) => table.paintFenced(purple, 0, { ...stroke, node }));
    expect((await Promise.all(outcomes)).sort()).toEqual(["landed before", "landed before", "painted"]);
    expect(await table.paintFenced(purple, 0, { steps: 7, node: "n2" })).toBe("painted");
    expect(await sql(database.url, "SELECT step, steps FROM story.steps ORDER BY number")).toEqual([
      { step: 0, steps: 10 },
      { step: 0, steps: 7 },
    ]);
  });

  it("a job does not resume where a walk in another number of steps ended: its steps met other people", async () => {
    const purple = await table.command("north-america", "purple");
    for (let step = 0; step < 3; step++) await table.paintFenced(purple, step, stroke);
    const seven = { steps: 7, node: "n2" };
    for (let step = await table.resume(purple, 7); step < 7; step++)
      await table.paintFenced(purple, step, seven);
    expect((await table.verdict())[0]).toMatchObject({ wrong: 0, wearing: { purple: 1_000 } });
    expect(await table.resume(purple, 7)).toBe(7);
    expect(await table.resume(purple, 10)).toBe(3);
  });

  it.each(["paint", "paintFenced"] as const)(
    "%s: a step whose people are gone fails in one line and has not landed",
    async (paint) => {
      const purple = await table.command("north-america", "purple");
      await sql(database.url, "TRUNCATE story.people"); // what a crash of PostgreSQL leaves of an UNLOGGED table
      await expect(table[paint](purple, 0, stroke)).rejects.toThrow(
        /^the people are gone: step 0 of north-america met 0 of 100\. .*`pnpm president --resend` makes them again.*$/,
      );
      expect(await table.resume(purple, 10)).toBe(0);
      expect(await sql(database.url, "SELECT FROM story.steps")).toEqual([]);
      await table.command("north-america", "blue");
      expect(await table.paintFenced(purple, 0, stroke)).toBe("refused");
    },
  );

  it("stripes show what people wear along the area", async () => {
    const purple = await table.command("north-america", "purple");
    for (let step = 0; step < 3; step++) await table.paint(purple, step, stroke);
    expect(await table.stripes("north-america", 4)).toEqual([
      { purple: 250 },
      { purple: 50, white: 200 },
      { white: 250 },
      { white: 250 },
    ]);
    expect(await table.stripes("south-america")).toHaveLength(100);
  });

  it("steps are written down with their node", async () => {
    const purple = await table.command("north-america", "purple");
    await table.paint(purple, 4, { ...stroke, node: "n7" });
    const rows = await sql(database.url, "SELECT revision, step, node, stale, refused FROM story.steps");
    expect(rows).toEqual([{ revision: 1, step: 4, node: "n7", stale: false, refused: false }]);
  });

  it("prepare paints all white, forgets, and leaves people of untouched areas where they are", async () => {
    const places = "SELECT ctid::text FROM story.people WHERE area = 'south-america' ORDER BY person";
    const before = await sql(database.url, places);
    await walk(await table.command("north-america", "purple"));
    await table.prepare({ population });
    expect(await table.verdict()).toMatchObject([
      { wearing: { white: 1_000 }, revision: 0 },
      { wearing: { white: 7 } },
    ]);
    expect(await table.unconfirmed()).toEqual([]);
    expect(await sql(database.url, "SELECT FROM story.steps")).toEqual([]);
    expect(await sql(database.url, places)).toEqual(before);
  });

  it("prepare makes people only where their number does not fit, and drops areas that are not asked for", async () => {
    await sql(database.url, "DELETE FROM story.people WHERE area = 'north-america' AND person = 5");
    await table.prepare({ population });
    expect((await table.verdict())[0]).toMatchObject({ people: 1_000, wearing: { white: 1_000 } });
    const seen: [number, number][] = [];
    await table.prepare({
      population: { "north-america": 20 },
      onProgress: (ready, people) => seen.push([ready, people]),
    });
    expect(await table.verdict()).toMatchObject([{ area: "north-america", wearing: { white: 20 } }]);
    expect(seen.at(-1)).toEqual([20, 20]);
    await expect(table.command("south-america", "blue")).rejects.toThrow("nobody lives in south-america");
  });

  it("prepare empties a table that is full of dead rows", async () => {
    const own = { "north-america": 5_000 };
    await table.prepare({ population: own });
    // Dead rows of a transaction that still runs cannot be swept up.
    await sql(database.url, `BEGIN; ${"UPDATE story.people SET shirt = 'blue';".repeat(8)} COMMIT`);
    const size = "SELECT pg_relation_size('story.people')::int AS bytes";
    const [before] = await sql<{ bytes: number }>(database.url, size);
    await table.prepare({ population: own });
    const [after] = await sql<{ bytes: number }>(database.url, size);
    expect(after?.bytes).toBeLessThan((before?.bytes ?? 0) / 2);
  });

  it("painting again and again finds room beside each person, and does not touch the index", async () => {
    const size = "SELECT pg_relation_size('story.people_pkey')::int AS bytes";
    const growth = async () => {
      // Made anew: a table that was painted without room has room afterwards.
      await sql(database.url, "DROP SCHEMA story CASCADE");
      await table.prepare({ population: { "north-america": 5_000 } });
      const [before] = await sql<{ bytes: number }>(database.url, size);
      for (let i = 0; i < 4; i++) await walk(await table.command("north-america", i % 2 ? "purple" : "blue"));
      const [after] = await sql<{ bytes: number }>(database.url, size);
      return (after?.bytes ?? 0) / (before?.bytes ?? 1);
    };
    // While PostgreSQL looks over a table by itself (autovacuum), old rows must stay and new ones need new entries. That
    // passes; an index that grows because rows find no room would grow every time.
    const growths: number[] = [];
    while (growths.length < 30 && !growths.some((times) => times < 1.1)) growths.push(await growth());
    expect(Math.min(...growths)).toBeLessThan(1.1);
  });

  it("two that prepare at once make one world", async () => {
    const other = await openTable(database.url);
    await Promise.all([table.prepare({ population }), other.prepare({ population })]);
    await other.close();
    expect(await table.verdict()).toMatchObject([{ wearing: { white: 1_000 } }, { wearing: { white: 7 } }]);
  });

  it("a people table of somebody else is left alone, and so is a schema of that name", async () => {
    await sql(
      database.url,
      "CREATE TABLE IF NOT EXISTS public.people (name text); INSERT INTO public.people VALUES ('Somchai')",
    );
    await table.prepare({ population });
    expect(await sql(database.url, "SELECT name FROM public.people")).toEqual([{ name: "Somchai" }]);
    await sql(database.url, "DROP TABLE public.people; COMMENT ON SCHEMA story IS 'my novel'");
    await expect(table.prepare({ population })).rejects.toThrow("not ours");
    expect(await sql(database.url, "SELECT count(*)::int AS people FROM story.people")).toEqual([
      { people: 1_007 },
    ]);
    await sql(database.url, "DROP SCHEMA story CASCADE");
    await expect(table.verdict()).rejects.toThrow("has no table of people yet");
  });

  it("a prepare that fails leaves no transaction behind: the next one goes through", async () => {
    // A table that somebody took away: a statement fails in the middle.
    await sql(database.url, "DROP TABLE story.people");
    await expect(table.prepare({ population })).rejects.toThrow("no table of people");
    await sql(database.url, "DROP SCHEMA story CASCADE");
    await table.prepare({ population });
    expect((await table.revisions()).size).toBe(2);
  });

  it("several that prepare an empty database at once make one world", async () => {
    await sql(database.url, "DROP SCHEMA story CASCADE");
    const others = await Promise.all([1, 2, 3].map(() => openTable(database.url)));
    await Promise.all(others.map((other) => other.prepare({ population })));
    expect((await table.verdict()).map(({ wearing }) => wearing.white)).toEqual([1_000, 7]);
    await Promise.all(others.map((other) => other.close()));
  });

  it("a schema of an older version of ours is built again", async () => {
    await sql(
      database.url,
      "COMMENT ON SCHEMA story IS 'Shirts: the table of people, version 0'; DROP TABLE story.commands",
    );
    await expect(table.world()).rejects.toThrow(/^[^\n]*another version of this program made[^\n]*$/);
    await table.prepare({ population });
    expect(await table.world()).toMatch(/./);
    expect(await table.command("north-america", "blue")).toMatchObject({ revision: 1 });
  });

  it("a column that another version did not make is told as such", async () => {
    await sql(database.url, "ALTER TABLE story.commands DROP COLUMN copies");
    await expect(table.unconfirmed()).rejects.toThrow(/^[^\n]*another version of this program made[^\n]*$/);
    await sql(database.url, "DROP SCHEMA story CASCADE");
  });

  it("a population that cannot be is refused before anything is touched", async () => {
    await table.command("north-america", "blue");
    const atlantis = { atlantis: 5 } as Record<string, number>;
    await expect(table.prepare({ population: atlantis })).rejects.toThrow('no area is called "atlantis"');
    await expect(table.prepare({ population: { "north-america": 0 } })).rejects.toThrow(
      "cannot have 0 people",
    );
    await expect(table.prepare({ population: {} })).rejects.toThrow("at least one area");
    expect((await table.revisions()).get("north-america")).toBe(1);
  });
});
