/** Several clients, one session: each finds its own settings and prepared statements, and nothing of another's. */
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type PgliteServer, servePglite } from "../src/index.ts";

let served: PgliteServer;
/** Two clients that take turns. */
let ann: pg.Client;
let bob: pg.Client;
const opened: pg.Client[] = [];

const connect = async (parameters = "") => {
  const client = new pg.Client(`${served.url}${parameters}`);
  client.on("error", () => {});
  opened.push(client);
  await client.connect();
  return client;
};
/** The values of the first row. */
const row = async (client: pg.Client, text: string, values?: unknown[]) => {
  const { rows } = await client.query({ text, rowMode: "array", ...(values && { values }) });
  return rows[0];
};
const codeOf = ({ code }: { code?: string }) => code;

beforeAll(async () => {
  served = await servePglite({ idleMs: 500 });
  const first = await connect();
  await first.query(`
    CREATE ROLE painter;
    CREATE FUNCTION hide() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
      PERFORM set_config('work_mem', '9MB', false), pg_advisory_lock(7);
      EXECUTE 'LISTEN news';
      CREATE TEMP TABLE hidden AS SELECT 1 AS n;
    END $$`);
});
afterAll(() => served?.close());
beforeEach(async () => {
  [ann, bob] = [await connect(), await connect()];
});
afterEach(async () => {
  for (const client of opened.splice(0)) await client.end();
});

describe("settings", () => {
  it.each([
    ["SET work_mem = '9MB'", "work_mem", "9MB"],
    ['SET search_path TO a, "B c"', "search_path", 'a, "B c"'],
    ["SET my.name = 'it''s'", "my.name", "it's"],
    ["SELECT set_config('my.name', 'x', false)", "my.name", "x"],
    ["SET TIME ZONE 'Pacific/Chatham'", "TimeZone", "Pacific/Chatham"],
    ["SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "default_transaction_read_only", "on"],
    ["SET ROLE painter", "role", "painter"],
    ["BEGIN; SET work_mem = '9MB'; COMMIT", "work_mem", "9MB"],
    ["DO $$ BEGIN PERFORM set_config('work_mem', '9MB', false); END $$", "work_mem", "9MB"],
  ])("%s: its client finds it again, and no other meets it", async (statement, name, value) => {
    // PostgreSQL itself leaves an empty one behind, of a name that somebody made up.
    const ask = `SELECT coalesce(current_setting('${name}', true), '')`;
    const [usual] = (await row(bob, ask)) ?? [];
    await ann.query(statement);
    expect(await row(bob, ask)).toEqual([usual]);
    expect(await row(ann, ask)).toEqual([value]);
    expect(await row(bob, ask)).toEqual([usual]);
  });

  it("each client has its own value of one setting, and takes back its own only", async () => {
    await ann.query("SET work_mem = '5MB'");
    await bob.query("SET work_mem = '6MB'");
    expect([await row(ann, "SHOW work_mem"), await row(bob, "SHOW work_mem")]).toEqual([["5MB"], ["6MB"]]);
    await ann.query("RESET work_mem");
    expect([await row(bob, "SHOW work_mem"), await row(ann, "SHOW work_mem")]).toEqual([["6MB"], ["4MB"]]);
    await ann.query("DISCARD ALL");
    expect(await row(bob, "SHOW work_mem")).toEqual(["6MB"]);
  });

  it.each(["BEGIN; SET work_mem = '9MB'; ROLLBACK", "BEGIN; SET LOCAL work_mem = '9MB'; COMMIT"])(
    "%s: nothing is left of it",
    async (statement) => {
      await ann.query(statement);
      await bob.query("SELECT 1");
      expect(await row(ann, "SHOW work_mem")).toEqual(["4MB"]);
    },
  );

  it("what a client has set goes with it", async () => {
    await ann.query("SET work_mem = '9MB'");
    await ann.end();
    expect(await row(bob, "SHOW work_mem")).toEqual(["4MB"]);
  });

  it("the first packet sets, too: by name and in options", async () => {
    const eve = await connect(
      "?application_name=eve&lock_timeout=70&options=-c%20work_mem%3D9MB%20-c%20my.name%3Dx",
    );
    await bob.query("SELECT 1");
    const ask = `SELECT current_setting('application_name'), current_setting('lock_timeout'), current_setting('work_mem'),
      current_setting('my.name', true)`;
    expect(await row(eve, ask)).toEqual(["eve", "70ms", "9MB", "x"]);
    await eve.query("SET work_mem = '8MB'");
    expect(await row(bob, ask)).toEqual(["", "0", "4MB", ""]);
    expect(await row(eve, ask)).toEqual(["eve", "70ms", "8MB", "x"]);
  });

  it.each([
    ["-c nonsense=1", "42704", 'unrecognized configuration parameter "nonsense"'],
    ["-c work_mem=much", "22023", 'invalid value for parameter "work_mem": "much"'],
    [
      "-c client_encoding=latin1",
      "0A000",
      'the embedded database speaks UTF8 only, and cannot translate to "latin1"',
    ],
  ])("options %s end their client, and nobody else", async (options, code, words) => {
    const eve = new pg.Client(`${served.url}?options=${encodeURIComponent(options)}`);
    eve.on("error", () => {});
    const failure = await eve
      .connect()
      .then(() => eve.query("SELECT 1"))
      .catch((error) => error);
    expect(failure).toMatchObject({ code, severity: "FATAL", message: expect.stringContaining(words) });
    expect(await row(bob, "SELECT 1")).toEqual([1]);
  });
});

describe("prepared statements", () => {
  const named = (client: pg.Client, text: string, values: unknown[] = []) =>
    client.query({ name: "s", text, values, rowMode: "array" }).then(({ rows }) => rows[0]);

  it("of the same name are two when they are of two clients", async () => {
    expect(await named(ann, "SELECT 'ann', $1::int", [1])).toEqual(["ann", 1]);
    expect(await named(bob, "SELECT 'bob', $1::text", ["x"])).toEqual(["bob", "x"]);
    expect(await named(ann, "SELECT 'ann', $1::int", [2])).toEqual(["ann", 2]);
    expect(await named(bob, "SELECT 'bob', $1::text", ["y"])).toEqual(["bob", "y"]);
  });

  it.each(["DEALLOCATE ALL", "DISCARD ALL", "DEALLOCATE s"])(
    "%s is for the client's own",
    async (statement) => {
      await named(ann, "SELECT 'ann'");
      await named(bob, "SELECT 'bob'");
      await ann.query(statement);
      expect(await named(bob, "SELECT 'bob'")).toEqual(["bob"]);
      // The driver believes that it is there.
      expect(await named(ann, "SELECT 'ann'").catch(codeOf)).toBe("26000");
    },
  );

  it("made by PREPARE are kept apart, too", async () => {
    await ann.query("PREPARE p (int) AS SELECT 'ann', $1 + 1");
    await bob.query("PREPARE p AS SELECT 'bob'");
    expect(await row(ann, "EXECUTE p (1)")).toEqual(["ann", 2]);
    expect(await row(bob, "EXECUTE p")).toEqual(["bob"]);
    await ann.query("DEALLOCATE p");
    expect(await row(bob, "EXECUTE p")).toEqual(["bob"]);
    expect(await row(ann, "EXECUTE p (1)").catch(codeOf)).toBe("26000");
  });

  it("one whose table another client has dropped fails alone", async () => {
    await ann.query("CREATE TABLE gone (n int)");
    await named(ann, "SELECT n FROM gone");
    const other = () => ann.query({ name: "t", text: "SELECT 't'", rowMode: "array" });
    await other();
    await bob.query("DROP TABLE gone");
    expect(await named(ann, "SELECT n FROM gone").catch(codeOf)).toBe("26000");
    expect((await other()).rows).toEqual([["t"]]);
  });
});

describe("what a function hides", () => {
  it("settings, locks, LISTEN and temporary tables: no other client meets them", async () => {
    await ann.query("SELECT hide()");
    expect(await row(bob, "SHOW work_mem")).toEqual(["4MB"]);
    expect(
      await row(
        bob,
        `SELECT (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory'),
           (SELECT count(*)::int FROM pg_listening_channels()), to_regclass('hidden')`,
      ),
    ).toEqual([0, 0, null]);
  });
});

describe("a refused statement", () => {
  it.each([
    ["a simple query", (client: pg.Client) => client.query("LISTEN news")],
    ["one of several", (client: pg.Client) => client.query("CREATE TABLE half (n int); LISTEN news")],
    [
      "an unnamed one of the extended protocol",
      (client: pg.Client) => client.query({ text: "LISTEN news", queryMode: "extended" } as never),
    ],
    ["a named one", (client: pg.Client) => client.query({ name: "l", text: "LISTEN news" })],
  ])("%s: fails with 0A000, says why, and the connection goes on", async (_, ask) => {
    const failure = await ask(ann).catch((error) => error);
    expect(failure).toMatchObject({
      code: "0A000",
      severity: "ERROR",
      message: expect.stringMatching(
        /^LISTEN cannot be had here: all clients share .* use a PostgreSQL of your own$/,
      ),
    });
    expect(await row(ann, "SELECT to_regclass('half')")).toEqual([null]);
  });

  it("aborts the transaction that it is in, as any failure does", async () => {
    await ann.query("BEGIN");
    expect(await ann.query("SELECT pg_advisory_lock(1)").catch(codeOf)).toBe("0A000");
    expect(await ann.query("SELECT 1").catch(codeOf)).toBe("25P02");
    expect((await ann.query("COMMIT")).command).toBe("ROLLBACK");
  });

  it("COPY FROM STDIN is one, whatever stands between its words", async () => {
    expect(await ann.query("COPY pg_class FROM/**/STDIN").catch(codeOf)).toBe("0A000");
    expect(await row(bob, "SELECT 1")).toEqual([1]);
  });
});
