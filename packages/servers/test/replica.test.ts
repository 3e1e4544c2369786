import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startFailoverPostgres, startPostgres, startReplica } from "../src/index.ts";
import { psql, psqlUntil } from "../src/postgres-process.ts";
import type { Replica } from "../src/replica.ts";
import type { Server } from "../src/server.ts";
import { hasPostgres } from "./installed.ts";

describe.skipIf(!hasPostgres)("a replica of a private PostgreSQL", () => {
  let primary: Server;
  let replica: Replica | undefined;
  beforeEach(async () => {
    primary = await startPostgres();
    await psql(primary, "CREATE TABLE shirts (colour text)", "INSERT INTO shirts VALUES ('purple')");
  });
  afterEach(async () => {
    await replica?.stop();
    replica = undefined;
    await primary.stop();
  });
  const count = "SELECT count(*) FROM shirts";
  const insertBlue = "INSERT INTO shirts VALUES ('blue')";

  test("follows its primary, refuses to be written, and can be written once it is promoted", async () => {
    replica = await startReplica(primary);
    await psql(primary, insertBlue);
    await psqlUntil(replica, count, "2");
    await expect(psql(replica, insertBlue)).rejects.toThrow("read-only transaction");
    await primary.kill();
    await replica.promote();
    await psql(replica, insertBlue);
    expect(await psql(replica, count)).toBe("3");
  });

  test("asynchronous: a commit that it has not received is gone after the failover", async () => {
    replica = await startReplica(primary);
    await replica.detach();
    await psql(primary, insertBlue);
    await primary.kill();
    await replica.promote();
    expect(await psql(replica, count)).toBe("1");
  });

  test("synchronous: a commit that was answered is there after the failover, and the new primary waits for nobody", async () => {
    replica = await startReplica(primary, { synchronous: true });
    await psql(primary, insertBlue);
    await primary.kill();
    await replica.promote();
    expect(await psql(replica, count)).toBe("2");
    await psql(replica, insertBlue);
  });

  test("synchronous: a commit waits while it is detached, and is answered when it is attached again", async () => {
    replica = await startReplica(primary, { synchronous: true });
    await replica.detach();
    const commit = psql(primary, insertBlue);
    await psqlUntil(primary, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'", "1");
    await replica.attach();
    await commit;
    await psqlUntil(replica, count, "2");
  });

  test("its stop leaves the primary alone, and nothing of it behind", async () => {
    const other = await startReplica(primary);
    const data = await psql(other, "SHOW data_directory");
    expect(existsSync(data)).toBe(true);
    await other.stop();
    expect(existsSync(data)).toBe(false);
    await psql(primary, insertBlue);
  });

  test("there is none of a primary that is dead", async () => {
    await primary.kill();
    await expect(startReplica(primary)).rejects.toThrow("Connection refused");
  });
});

test.skipIf(!hasPostgres)(
  "a PostgreSQL that fails over keeps its address and what is committed, time and again",
  async () => {
    const postgres = await startFailoverPostgres();
    try {
      await expect(postgres.failover()).rejects.toThrow("no replica");
      await psql(postgres, "CREATE TABLE shirts (colour text)");
      for (let round = 1; round <= 2; round++) {
        await postgres.replicate({ synchronous: true });
        await expect(postgres.replicate()).rejects.toThrow("already");
        await psql(postgres, "INSERT INTO shirts VALUES ('blue')");
        await postgres.failover();
        expect(await psql(postgres, "SELECT count(*) FROM shirts")).toBe(String(round));
      }
    } finally {
      await postgres.stop();
    }
    await expect(psql(postgres, "SELECT 1")).rejects.toThrow("refused");
  },
);
