/**
 * The services that a play opens: a broker and a table. Real ones are used when they are named (AMQP_URL, DATABASE_URL) or,
 * for the broker, when one answers on this machine's usual port; otherwise they are started here, as processes.
 * AMQP_URL=embedded asks for a broker of its own in any case.
 */
import { AmqpError, connect, type Rabbit } from "@shirts/amqp";
import { openTable, type Table } from "@shirts/table";
import { z } from "zod";
import { DEFAULT_AMQP_URL } from "../node/settings.ts";
import { type Child, end, start } from "../processes/child.ts";

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

/** Two demos on one broker would take each other's jobs and hear each other's cancels. */
const DEMO_LOCK = "shirts_demo";

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

async function openBroker(children: Child[]): Promise<{ rabbit: Rabbit; url: string; about: string }> {
  const named = process.env.AMQP_URL;
  if (named && named !== "embedded") {
    const rabbit = await president(named);
    if (await rabbit.lock(DEMO_LOCK))
      return { rabbit, url: named, about: "broker  the one that AMQP_URL names" };
    throw new Error(
      "Another `npm start` is playing on the broker that AMQP_URL names. Wait until it has ended, or leave AMQP_URL out: then this one starts its own broker.",
    );
  }
  if (named === "embedded") return embeddedBroker(children);
  try {
    const rabbit = await president(DEFAULT_AMQP_URL);
    if (await rabbit.lock(DEMO_LOCK))
      return { rabbit, url: DEFAULT_AMQP_URL, about: "broker  the one that answers on 127.0.0.1:5672" };
    await rabbit.close();
  } catch (error) {
    if (!(error instanceof AmqpError)) throw error;
  }
  return embeddedBroker(children);
}

async function embeddedBroker(children: Child[]): Promise<{ rabbit: Rabbit; url: string; about: string }> {
  const url = await serve("the embedded broker", "broker/src/main.ts", ["--port", "0"], children);
  return {
    rabbit: await president(url),
    url,
    about: `broker  embedded, over TCP at ${hostOf(url)} (AMQP_URL names a real RabbitMQ)`,
  };
}

function president(url: string): Promise<Rabbit> {
  return connect(url, { name: "president" });
}

async function openPeople(children: Child[]): Promise<{ table: Table; url: string; about: string }> {
  const named = process.env.DATABASE_URL;
  if (named)
    return {
      table: await openTable(named, { name: "president" }),
      url: named,
      about: "table   the PostgreSQL that DATABASE_URL names",
    };
  const url = await serve("the table", "cluster/src/services/world-main.ts", ["--port", "0"], children);
  const table = await openTable(url, { name: "president" });
  return {
    table,
    url,
    about: `table   PGlite, over TCP at ${hostOf(url)} (DATABASE_URL names a real PostgreSQL)`,
  };
}

const ready = z.object({ url: z.string() });

/** Starts a server process and resolves with its url, as its first line of JSON says. */
async function serve(name: string, entry: string, args: string[], children: Child[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = start(name, entry, [...args, "--json"], {}, (line) =>
      resolve(ready.parse(JSON.parse(line)).url),
    );
    children.push(child);
    void child.ended.then((code) =>
      reject(new Error(`${name} did not start (exit ${code}): ${child.complaint()}`)),
    );
  });
}

function hostOf(url: string): string {
  return new URL(url).host;
}
