/** Numbers that look like a fence, in the two queues that live in PostgreSQL. */
import { describe, expect, test } from "vitest";
import { openBoss } from "../src/pg-boss/boss.ts";
import { play } from "../src/play.ts";
import { playOf } from "../src/play-of.ts";
import { QUEUES, type QueueName } from "../src/queues.ts";
import { find, here } from "./support/stage.ts";

async function playPlanted(queue: QueueName, file: string) {
  const planted = new URL(`planted/${file}`, import.meta.url).href;
  const { services } = found;
  return play({ ...playOf(queue, true), file: planted }, here(services), () => {});
}

const found = await find("pg-boss and Graphile Worker", QUEUES["pg-boss"].needs);

/** Each play is a database and two processes. */
const inCi = describe.skipIf(!found.services || process.env.SHORT_TESTS === "1");

inCi(`${found.title} (in CI)`, () => {
  test("planted: a producer of pg-boss that does not raise the number has no fence", async () => {
    const verdict = await playPlanted("pg-boss", "pg-boss-number-not-raised.ts");
    expect(verdict.line).toBe("70 of 100 wear PURPLE, 30 BLUE; BLUE is commanded");
  });

  test("planted: Graphile Worker's job.revision is no fence: it counts within one job", async () => {
    const verdict = await playPlanted("graphile-worker", "graphile-job-revision.ts");
    expect(verdict.line).toBe("70 of 100 wear PURPLE, 30 BLUE; BLUE is commanded");
  });

  test("pg-boss: a command whose transaction fails leaves neither a revision nor a job", async () => {
    const stage = await here(found.services).newStage();
    const boss = await openBoss(stage.databaseUrl);
    try {
      await boss.createQueue(stage.queue);
      await stage.db.query("CREATE TABLE areas (area text, revision int)");
      await stage.db.query("INSERT INTO areas VALUES ('north-america', 1)");
      const tx = await stage.db.connect();
      await tx.query("BEGIN");
      await tx.query("UPDATE areas SET revision = 2");
      const db = { executeSql: (text: string, values: unknown[]) => tx.query(text, values) };
      expect(await boss.send(stage.queue, { shirt: "BLUE" }, { db })).toEqual(expect.any(String));
      await tx.query("ROLLBACK");
      tx.release();
      expect((await stage.db.query("SELECT revision FROM areas")).rows).toEqual([{ revision: 1 }]);
      expect(await boss.fetch(stage.queue)).toEqual([]);
    } finally {
      await boss.stop({ graceful: false });
      await stage.close();
    }
  });
});
