/**
 * The services that a play opens: a broker and a table. Real ones are used when they are named (AMQP_URL, DATABASE_URL) or,
 * for the broker, when one answers on this machine's usual port; otherwise they are started here, as processes.
 * AMQP_URL=embedded asks for a broker of its own in any case.
 */
import type { Rabbit } from "@shirts/amqp";
import { openTable, type Table } from "@shirts/table";
import { tableName } from "../names.ts";
import { type Child, end } from "../processes/child.ts";
import { openBroker } from "./broker-service.ts";
import { hostOf, serve } from "./serve.ts";

export interface Services {
  readonly rabbit: Rabbit;
  readonly table: Table;
  /** What a node process needs to find both. */
  readonly env: { readonly AMQP_URL: string; readonly DATABASE_URL: string };
  /** One line each about the broker and the table, for people. */
  readonly about: readonly string[];
  /** Ends the services that were started here, and only those. */
  close(): Promise<void>;
}

/** Opens both. Throws AmqpError or TableError, one line each, when a service that was named does not answer. */
export async function openServices(): Promise<Services> {
  const children: Child[] = [];
  const closeChildren = () => Promise.all(children.map((child) => end(child)));
  try {
    const [broker, table] = await Promise.all([openBroker(children), openPeople(children)]);
    return {
      rabbit: broker.rabbit,
      table: table.table,
      env: { AMQP_URL: broker.url, DATABASE_URL: table.url },
      about: [broker.about, table.about],
      async close() {
        await Promise.all([broker.rabbit.close(), table.table.close()]);
        await closeChildren();
      },
    };
  } catch (error) {
    await closeChildren();
    throw error;
  }
}

async function openPeople(children: Child[]): Promise<{ table: Table; url: string; about: string }> {
  const named = process.env.DATABASE_URL;
  if (named) {
    const table = await openTable(named, { name: "president" });
    return { table, url: named, about: `table   ${tableName(table.server)}, which DATABASE_URL names` };
  }
  const url = await serve("the table", "cluster/src/services/world-main.ts", ["--port", "0"], children);
  const table = await openTable(url, { name: "president" });
  return {
    table,
    url,
    about: `table   PGlite, over TCP at ${hostOf(url)} (DATABASE_URL names a real PostgreSQL)`,
  };
}
