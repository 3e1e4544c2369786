/** What a client may say before and beside its statements: requests for encryption, newer versions, cancel requests. */
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type PgliteServer, servePglite } from "../src/index.ts";
import {
  bind,
  cancelRequest,
  execute,
  first,
  flush,
  GSS,
  message,
  parse,
  RawClient,
  SSL,
  sendOnce,
  startup,
  sync,
} from "./support/raw-client.ts";

let served: PgliteServer;
const opened: (() => unknown)[] = [];
beforeAll(async () => {
  served = await servePglite({ idleMs: 60_000 });
});
afterAll(() => served?.close());
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

const raw = () => {
  const client = new RawClient(served.port);
  opened.push(() => client.end());
  return client;
};
const connect = async () => {
  const client = new pg.Client(served.url) as pg.Client & { processID: number; secretKey: number };
  client.on("error", () => {});
  opened.push(() => client.end());
  await client.connect();
  return client;
};
/** The first column of the rows among these messages. */
const values = ({ types, bodies }: { types: string; bodies: Buffer[] }) =>
  bodies.filter((_, i) => types[i] === "D").map((body) => body.toString("utf8", 6));

describe("a first packet", () => {
  it("may ask for encryption by both ways, is told no, and goes on without", async () => {
    const client = raw();
    for (const request of [GSS, SSL]) {
      client.send(request);
      expect(String(await client.bytes(1))).toBe("N");
    }
    client.send(startup());
    expect((await client.until("Z")).types).toMatch(/^RS+KZ$/);
  });

  it.each([
    ["of a newer minor version", startup({}, 196_610), []],
    ["with an option of the protocol", startup({ "_pq_.news": "1" }), ["_pq_.news"]],
  ])("%s is told what is spoken here, and goes on", async (_, packet, options) => {
    const client = raw();
    client.send(packet);
    const { type, body } = await client.next();
    expect(type).toBe("v");
    expect([body.readInt32BE(0), body.readInt32BE(4)]).toEqual([196_608, options.length]);
    expect(body.toString("utf8", 8).split("\0").slice(0, -1)).toEqual(options);
    expect((await client.until("Z")).types).toMatch(/^RS+KZ$/);
  });

  it.each([
    ["another major version", first(4 * 65_536), "protocol version 4.0 is not known here"],
    ["a cancel request that is too short", first(80_877_102, "abc"), "a cancel request of another length"],
    ["a client encoding that cannot be had", startup({ client_encoding: "latin1" }), "speaks UTF8 only"],
  ])("%s ends its connection with a line", async (_, packet, words) => {
    const client = raw();
    client.send(packet);
    const { type, body } = await client.next();
    expect(type).toBe("E");
    expect(String(body)).toContain(words);
  });

  it("is told its own settings, where it has given some", async () => {
    const client = raw();
    client.send(startup({ TimeZone: "Pacific/Chatham" }));
    const { types, bodies } = await client.until("Z");
    const told = bodies
      .filter((_, i) => types[i] === "S")
      .map((body) => String(body).split("\0").slice(0, 2));
    expect(Object.fromEntries(told)).toMatchObject({ TimeZone: "Pacific/Chatham", client_encoding: "UTF8" });
  });
});

describe("a cancel request", () => {
  const cancel = ({ processID, secretKey }: { processID: number; secretKey: number }) =>
    sendOnce(served.port, cancelRequest(processID, secretKey));
  const codeOf = ({ code }: { code?: string }) => code;
  /** Asks for a cancel again and again: nobody can say from outside when a statement has begun to wait. */
  const cancelUntil = async (client: { processID: number; secretKey: number }, settled: Promise<unknown>) => {
    let isSettled = false;
    void settled.then(() => {
      isSettled = true;
    });
    await vi.waitUntil(async () => {
      await cancel(client);
      return isSettled;
    });
  };

  it("names the process that the database names, and each client has another secret", async () => {
    const [ann, bob] = [await connect(), await connect()];
    const { rows } = await ann.query("SELECT pg_backend_pid() AS pid");
    expect([ann.processID, bob.processID]).toEqual([rows[0].pid, rows[0].pid]);
    expect(ann.secretKey).not.toBe(bob.secretKey);
  });

  it("cancels a statement that waits behind another's transaction, which goes on; and only with its client's key", async () => {
    const [ann, bob, eve] = [await connect(), await connect(), await connect()];
    await ann.query("BEGIN; CREATE TABLE made (n int)");
    const patient = bob.query("SELECT 'patient' AS word");
    const hasty = eve.query("SELECT 'hasty'").catch(codeOf);
    await sendOnce(served.port, cancelRequest(bob.processID, bob.secretKey ^ 1));
    await sendOnce(served.port, cancelRequest(bob.processID + 1, bob.secretKey));
    await cancelUntil(eve, hasty);
    expect(await hasty).toBe("57014");
    expect((await ann.query("COMMIT")).command).toBe("COMMIT");
    expect((await patient).rows).toEqual([{ word: "patient" }]);
    expect((await eve.query("SELECT count(*)::int AS n FROM made")).rows).toEqual([{ n: 0 }]);
  });

  it("leaves the transaction alone that its client has open and does nothing in", async () => {
    const ann = await connect();
    await ann.query("BEGIN; CREATE TABLE kept (n int)");
    await cancel(ann);
    expect((await ann.query("COMMIT")).command).toBe("COMMIT");
    expect((await ann.query("SELECT count(*)::int AS n FROM kept")).rows).toEqual([{ n: 0 }]);
  });

  it("of a half-sent batch: it fails at once, and the rest is ignored up to its Sync", async () => {
    const ann = await connect();
    const client = raw();
    client.send(startup());
    const { types, bodies } = await client.until("Z");
    const key = bodies[types.indexOf("K")];
    await ann.query("BEGIN");
    client.send(parse("SELECT 'cancelled'"), bind(), execute(), flush());
    const failed = client.next();
    await cancelUntil({ processID: key?.readInt32BE(0) ?? 0, secretKey: key?.readInt32BE(4) ?? 0 }, failed);
    expect(String((await failed).body)).toContain("C57014");
    await ann.query("COMMIT");
    client.send(parse("SELECT 'ignored'"), bind(), execute(), flush());
    client.send(parse("SELECT 'ignored, too'"), bind(), execute(), sync());
    client.send(parse("SELECT 'answered'"), bind(), execute(), sync());
    expect((await client.until("Z")).types).toBe("Z");
    expect(values(await client.until("Z"))).toEqual(["answered"]);
  });
});

describe("a failure", () => {
  it("is followed by one word that the database is ready, and only at the Sync", async () => {
    const ann = raw();
    ann.send(startup());
    await ann.until("Z");
    ann.send(parse("no SQL"), bind(), execute(), flush());
    expect((await ann.next()).type).toBe("E");
    ann.send(bind(), execute(), sync());
    ann.send(parse("SELECT 1 / 0"), bind(), execute(), sync());
    ann.send(parse("SELECT 'answered'"), bind(), execute(), sync());
    expect((await ann.until("Z")).types).toBe("Z");
    expect((await ann.until("Z")).types).toBe("1EZ");
    expect((await ann.until("Z")).types).toBe("12DCZ");
  });
});

describe("a named statement", () => {
  it("keeps the types that its client gave it, also when others have come in between", async () => {
    const ann = raw();
    ann.send(startup());
    await ann.until("Z");
    const bob = await connect();
    // One parameter of type 23: int4.
    ann.send(message("P", "typed\0SELECT pg_typeof($1)\0\0\x01\0\0\0\x17"), sync());
    expect((await ann.until("Z")).types).toBe("1Z");
    await bob.query("SELECT 1");
    // One parameter, of one byte.
    ann.send(message("B", "\0typed\0\0\0\0\x01\0\0\0\x015\0\0"), execute(), sync());
    expect(values(await ann.until("Z"))).toEqual(["integer"]);
  });
});

describe("an unnamed statement", () => {
  it("that is bound by a later batch is its client's own, also when others have come in between", async () => {
    const ann = raw();
    ann.send(startup());
    await ann.until("Z");
    const bob = await connect();
    ann.send(parse("SELECT 'of ann'"), sync());
    expect((await ann.until("Z")).types).toBe("1Z");
    await bob.query("SELECT $1::text", ["of bob"]);
    ann.send(bind(), execute(), sync());
    expect(values(await ann.until("Z"))).toEqual(["of ann"]);
  });

  it("that was refused cannot be bound later", async () => {
    const ann = raw();
    ann.send(startup());
    await ann.until("Z");
    const bob = await connect();
    ann.send(parse("LISTEN news"), sync());
    expect((await ann.until("Z")).types).toBe("EZ");
    await bob.query("SELECT 1");
    ann.send(bind(), execute(), sync());
    const { types, bodies } = await ann.until("Z");
    expect(types).toBe("EZ");
    expect(String(bodies[0])).toContain("C26000");
  });

  it("before one that is refused is run, and its own failure stays its own", async () => {
    const ann = raw();
    ann.send(startup());
    await ann.until("Z");
    ann.send(parse("SELECT 'first'"), bind(), execute(), parse("LISTEN news"), bind(), execute(), sync());
    const answer = await ann.until("Z");
    expect(answer.types).toBe("12DCEZ");
    ann.send(parse("SELECT 1 / 0"), bind(), execute(), parse("LISTEN news"), bind(), execute(), sync());
    const { types, bodies } = await ann.until("Z");
    expect(String(bodies[types.indexOf("E")])).toContain("C22012");
  });
});

const program = "psql";
const hasPsql = spawnSync(program, ["--version"]).status === 0;
describe.skipIf(!hasPsql)(`psql${hasPsql ? "" : ": not installed"}`, () => {
  const psql = async (...commands: string[]) => {
    const run = promisify(execFile)(program, [
      "-XAt",
      served.url,
      ...commands.flatMap((text) => ["-c", text]),
    ]);
    return (await run).stdout.trim().split("\n");
  };

  it("lists what there is, sets what it likes, and is refused in words", async () => {
    const ann = await connect();
    await ann.query("CREATE TABLE seen (n int PRIMARY KEY)");
    expect(await psql("\\dt seen")).toEqual(["public|seen|table|postgres"]);
    expect((await psql("\\d seen")).join("\n")).toContain("n|integer||not null|");
    expect(await psql("\\encoding", "SET work_mem = '9MB'", "SHOW work_mem")).toEqual(["UTF8", "SET", "9MB"]);
    await expect(psql("LISTEN news")).rejects.toThrow(
      /ERROR: {2}LISTEN cannot be had here: all clients share/,
    );
  });
});
