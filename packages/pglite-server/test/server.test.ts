/** The served PGlite: many clients, some of which die, freeze or talk nonsense. */
import { connect } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PgliteServer, servePglite } from "../src/index.ts";
import { query } from "../src/wire.ts";
import { bind, execute, flush, parse, startup } from "./support/raw-client.ts";

describe("the PGlite server", () => {
  let served: PgliteServer;
  let witness: pg.Pool;
  beforeAll(async () => {
    served = await servePglite({ idleMs: 200 });
    witness = new pg.Pool({ connectionString: served.url });
    witness.on("error", () => {});
    await witness.query(
      "CREATE TABLE people AS SELECT n AS person, 'white' AS colour FROM generate_series(1, 1000) n",
    );
  });
  afterAll(async () => {
    await witness?.end();
    await served?.close();
  });

  const client = async () => {
    const one = new pg.Client(served.url);
    one.on("error", () => {});
    await one.connect();
    return one;
  };
  const wearing = async () =>
    (await witness.query("SELECT colour, count(*)::int FROM people GROUP BY colour")).rows;
  const allWhite = [{ colour: "white", count: 1_000 }];
  const greeting = startup();
  const say = (...pieces: (Buffer | Uint8Array)[]) =>
    new Promise<void>((resolve) => {
      const socket = connect(served.port, "127.0.0.1", () => socket.write(Buffer.concat(pieces)));
      socket.on("error", () => {});
      socket.once("data", () => socket.destroy());
      socket.once("close", () => resolve());
    });

  it("the queries of many clients do not mix", async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, client));
    const answers = clients.map(async (one, i) => {
      for (let n = 0; n < 30; n++) {
        const { rows } = await one.query(`SELECT $1::int * ${i} AS product`, [n]);
        expect(rows).toEqual([{ product: n * i }]);
      }
    });
    await Promise.all(answers);
    await Promise.all(clients.map((one) => one.end()));
  });

  it("no client's statement lands in another's transaction, and what a dead client began is rolled back", async () => {
    const doomed = await client();
    await doomed.query("BEGIN; UPDATE people SET colour = 'orange'");
    const answer = wearing();
    // A socket that is destroyed is what the server sees of a client killed with -9.
    (doomed as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    expect(await answer).toEqual(allWhite);
  });

  it("a client frozen in a transaction is evicted when others wait", async () => {
    const frozen = await client();
    await frozen.query("BEGIN; UPDATE people SET colour = 'orange'");
    expect(await wearing()).toEqual(allWhite);
    await expect(frozen.query("COMMIT")).rejects.toThrow();
  });

  it("what a client sent without a Sync is rolled back when it dies, as PostgreSQL does", async () => {
    const text = "UPDATE people SET colour = 'orange'";
    await say(greeting, parse(text), bind(), execute(), flush());
    expect(await wearing()).toEqual(allWhite);
  });

  it.each([
    ["HTTP", [Buffer.from("GET / HTTP/1.1\r\n\r\n")]],
    ["a message of an unknown type", [greeting, Buffer.from("z\0\0\0\x04")]],
    ["COPY FROM STDIN", [greeting, query("COPY people FROM STDIN")]],
    ["a half-sent statement", [greeting, Buffer.from("P\0\0\0\x10\0selec nope\0\0\0", "latin1")]],
  ])("%s does not hurt the others", async (_, pieces) => {
    await say(...pieces);
    expect(await wearing()).toEqual(allWhite);
  });

  it("a database that is not there, a port that is taken and a closed port are each said in one line", async () => {
    const novel = new pg.Client(served.url.replace(/postgres$/, "novel"));
    await expect(novel.connect()).rejects.toThrow('database "novel" does not exist');
    await expect(servePglite({ port: served.port })).rejects.toThrow(/^listen EADDRINUSE.*$/);
    const other = await servePglite();
    await other.close();
    await expect(new pg.Client(other.url).connect()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});
