/** The fence holds what it compares: a command that comes in the middle of a write waits for it. On PostgreSQL, since PGlite has one session. */
import type pg from "pg";
import { describe, expect, test, vi } from "vitest";
import { AREA, makePeople } from "../src/people.ts";
import { command, work } from "../src/plain/fenced.ts";
import { makeJobs } from "../src/plain/jobs.ts";
import { find, here } from "./support/stage.ts";

const { services, title } = await find("the lock of the fence", { postgres: true });

describe.skipIf(!services)(title, () => {
  test("BLUE is accepted after the write of PURPLE that is under way, and not in its middle", async () => {
    const { db: pool, close, ...stage } = await here(services).newStage();
    const client = await pool.connect();
    const someoneWaits = () =>
      vi.waitUntil(async () => {
        const { rows } = await pool.query("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
        return rows.length > 0;
      });
    const tools = { ...stage, db: pool, render: async () => {}, log: () => {} };
    let first: string | undefined;
    let accepted: Promise<void> | undefined;
    /** The worker's connection: its first write stays in the middle until the test has looked. */
    const query = async (text: string, values: unknown[]) => {
      if (!text.includes("UPDATE people")) return pool.query(text, values);
      await client.query("BEGIN");
      expect((await client.query(text, values)).rowCount).toBe(10);
      accepted = command(tools, { area: AREA, shirt: "BLUE" });
      first = await Promise.race([accepted.then(() => "accepted"), someoneWaits().then(() => "waits")]);
      await client.query("COMMIT");
      throw new Error("the test has seen enough");
    };
    try {
      await makePeople(pool);
      await makeJobs(pool);
      await command(tools, { area: AREA, shirt: "PURPLE" });
      const worker = work({ ...tools, db: { query } as unknown as pg.Pool });
      await expect(worker).rejects.toThrow("seen enough");
      expect(first).toBe("waits");
      await accepted;
      expect((await pool.query("SELECT revision FROM areas")).rows).toEqual([{ revision: 2 }]);
    } finally {
      client.release();
      await close();
    }
  });
});
