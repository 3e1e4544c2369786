import { describe, expect, test } from "vitest";
import { AREA, makePeople } from "../src/people.ts";
import { command } from "../src/plain/fenced.ts";
import { makeJobs, take } from "../src/plain/jobs.ts";
import { play } from "../src/play.ts";
import { playOf } from "../src/play-of.ts";
import type { Stage } from "../src/services.ts";
import type { Tools } from "../src/tools.ts";
import { find, here } from "./support/stage.ts";

const { services, title } = await find("plain PostgreSQL", {});

/** A database with people and jobs, without workers. */
async function withTables(work: (tools: Tools & Stage) => Promise<void>): Promise<void> {
  const stage = await here(services).newStage();
  try {
    await makePeople(stage.db);
    await makeJobs(stage.db);
    await work({ ...stage, render: async () => {}, log: () => {} });
  } finally {
    await stage.close();
  }
}

describe.skipIf(!services)(title, () => {
  test("planted: a worker that asks first and writes second is as wrong as without a fence", async () => {
    const planted = new URL("planted/plain-asks-first.ts", import.meta.url).href;
    const verdict = await play({ ...playOf("plain", true), file: planted }, here(services), () => {});
    // One step, the one between its question and its write. That is enough.
    expect(verdict.line).toBe("90 of 100 wear BLUE, 10 PURPLE; BLUE is commanded");
  });

  test("a command is accepted together with its job, or not at all", () =>
    withTables(async (tools) => {
      const { db } = tools;
      const state = async () =>
        (await db.query("SELECT revision, (SELECT count(*)::int FROM jobs) AS jobs FROM areas")).rows;
      await db.query("ALTER TABLE jobs ADD CHECK (shirt <> 'BLUE')");
      await expect(command(tools, { area: AREA, shirt: "BLUE" })).rejects.toThrow("check constraint");
      expect(await state()).toEqual([{ revision: 0, jobs: 0 }]);
      await command(tools, { area: AREA, shirt: "PURPLE" });
      expect(await state()).toEqual([{ revision: 1, jobs: 1 }]);
    }));

  test("SKIP LOCKED gives two workers two jobs, and holds neither of them afterwards", () =>
    withTables(async (tools) => {
      await command(tools, { area: AREA, shirt: "PURPLE" });
      await command(tools, { area: AREA, shirt: "BLUE" });
      const taken = [await take(tools.db, 1e6), await take(tools.db, 1e6), await take(tools.db, 1e6)];
      expect(taken.map((job) => job?.shirt)).toEqual(["PURPLE", "BLUE", undefined]);
      await tools.db.query("UPDATE jobs SET locked_until = now() - interval '1 ms'"); // time passes
      expect((await take(tools.db))?.shirt).toBe("PURPLE");
    }));
});
