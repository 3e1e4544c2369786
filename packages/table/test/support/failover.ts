/** A primary and its replica, two real servers, with a table on each as far as it can be had. */
import {
  NotInstalledError,
  postgresVersion,
  type Replica,
  type Server,
  startPostgres,
  startReplica,
} from "@shirts/servers";
import { openTable, type Table } from "../../src/index.ts";
import type { Timeouts } from "../../src/retry.ts";

/** Undefined: PostgreSQL is not installed here. With REQUIRE_SERVICES=1 that is an error. */
export const installed: string | undefined = await postgresVersion().catch((error) => {
  if (error instanceof NotInstalledError && process.env.REQUIRE_SERVICES !== "1") return undefined;
  throw error;
});

export interface Pair {
  readonly primary: Server;
  readonly replica: Replica;
  /** The table on the primary. */
  readonly table: Table;
  /** The primary dies, and the replica takes its place. Resolves with the table on it. */
  failover(): Promise<Table>;
  close(): Promise<void>;
}

export async function openPair(
  population: Record<string, number>,
  synchronous: boolean,
  timeouts: Timeouts = {},
): Promise<Pair> {
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const shut of opened.splice(0).reverse()) await shut();
  };
  const open = async (url: string) => {
    const table = await openTable(url, timeouts);
    opened.push(() => table.close());
    return table;
  };
  try {
    const primary = await startPostgres();
    opened.push(() => primary.stop());
    const table = await open(primary.url);
    await table.prepare({ population });
    const replica = await startReplica(primary, { synchronous });
    opened.push(() => replica.stop());
    const failover = async () => {
      await primary.kill();
      await replica.promote();
      return open(replica.url);
    };
    return { primary, replica, table, failover, close };
  } catch (error) {
    await close();
    throw error;
  }
}
