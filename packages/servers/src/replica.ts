// A replica of a PostgreSQL of ours: a copy that follows it over streaming replication, and can take its place.

import { join } from "node:path";
import { removeFolder } from "./folder.ts";
import { run } from "./installation.ts";
import { makePostgresFolder } from "./postgres.ts";
import { findHome, type PostgresServer, psql, psqlUntil, servePostgres } from "./postgres-process.ts";
import type { Server } from "./server.ts";

export interface ReplicaOptions {
  /** A commit of the primary counts only when the replica has it, too. Default false: the replica is told afterwards. */
  readonly synchronous?: boolean;
}

/** It can be read, and written once it is promoted. Its `stop` leaves the primary alone. */
export interface Replica extends PostgresServer {
  /** It hears nothing more of its primary, as behind a broken network; resolves when that is so. What it has stays. */
  detach(): Promise<void>;
  /** Follows its primary again, if that still runs. */
  attach(): Promise<void>;
  /** Makes it a primary; resolves when it can be written. What it has not received by then is lost. */
  promote(): Promise<void>;
}

const NAME = "replica";

/**
 * Copies a primary that runs, and follows it; resolves when the replica receives what the primary commits (about 3 s). With
 * `synchronous` the primary waits for it from then on. Throws NotInstalledError when there is no PostgreSQL.
 */
export async function startReplica(
  primary: Server,
  { synchronous = false }: ReplicaOptions = {},
): Promise<Replica> {
  const home = await findHome();
  const folder = makePostgresFolder("replica", home);
  try {
    const from = ["-d", `${primary.url}?application_name=${NAME}`, "-D", join(folder, "data")];
    // -R writes down whom to follow, so that the copy starts as a replica.
    const how = ["-R", "-c", "fast", "-X", "stream", "--no-sync"];
    await run(home.at, "pg_basebackup", [...from, ...how], { account: home.account, cwd: folder });
  } catch (error) {
    removeFolder(folder);
    throw error;
  }
  const server = await servePostgres(folder, home);
  const primaryInfo = await psql(server, "SHOW primary_conninfo");
  const follow = (conninfo: string) =>
    psql(
      server,
      `ALTER SYSTEM SET primary_conninfo = '${conninfo.replaceAll("'", "''")}'`,
      "SELECT pg_reload_conf()",
    );
  const receivers = "SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'";
  try {
    await psqlUntil(server, receivers, "1");
    if (synchronous) await waitFor(primary);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    ...server,
    async detach() {
      await follow("");
      await psqlUntil(server, "SELECT count(*) FROM pg_stat_wal_receiver", "0");
    },
    async attach() {
      await follow(primaryInfo);
    },
    async promote() {
      await psql(server, "SELECT pg_promote(true)");
      await psqlUntil(server, "SELECT pg_is_in_recovery()", "f");
    },
  };
}

/** From now on a commit of the primary waits for its replica. */
async function waitFor(primary: Server): Promise<void> {
  await psql(
    primary,
    `ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (${NAME})'`,
    "SELECT pg_reload_conf()",
  );
  await psqlUntil(
    primary,
    `SELECT sync_state FROM pg_stat_replication WHERE application_name = '${NAME}'`,
    "sync",
  );
}
