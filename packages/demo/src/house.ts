/**
 * The house of the story: a broker and a table. Real ones are used when they are named (AMQP_URL, DATABASE_URL) or,
 * for the broker, when one answers on this machine's usual port; otherwise the demo starts its own as processes.
 */
import { AmqpError, connect, type Rabbit } from "@shirts/amqp";
import { DEFAULT_AMQP_URL } from "@shirts/node";
import { openWorld, type World } from "@shirts/world";
import { z } from "zod";
import { type Child, end, start } from "./process.ts";

export interface House {
  readonly rabbit: Rabbit;
  readonly world: World;
  /** What a node process needs to find both. */
  readonly env: { readonly AMQP_URL: string; readonly DATABASE_URL: string };
  /** One line each about the broker and the table, for people. */
  readonly about: readonly string[];
  /** Ends what this house started, and only that. */
  close(): Promise<void>;
}

/** Two demos on one broker would take each other's jobs and hear each other's cancels. */
const STAGE_LOCK = "shirts_demo";

/** Opens both. Throws AmqpError or WorldError, one line each, when a service that was named does not answer. */
export async function openHouse(): Promise<House> {
  const children: Child[] = [];
  const closeChildren = () => Promise.all(children.map((child) => end(child)));
  try {
    const [broker, table] = await Promise.all([openBroker(children), openTable(children)]);
    return {
      rabbit: broker.rabbit,
      world: table.world,
      env: { AMQP_URL: broker.url, DATABASE_URL: table.url },
      about: [broker.about, table.about],
      async close() {
        await Promise.all([broker.rabbit.close(), table.world.close()]);
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
  if (named) {
    const rabbit = await president(named);
    if (await rabbit.lock(STAGE_LOCK))
      return { rabbit, url: named, about: "broker  the one that AMQP_URL names" };
    throw new Error(
      "Another `npm start` is playing on the broker that AMQP_URL names. Wait until it has ended, or leave AMQP_URL out: then this one brings its own.",
    );
  }
  try {
    const rabbit = await president(DEFAULT_AMQP_URL);
    if (await rabbit.lock(STAGE_LOCK))
      return { rabbit, url: DEFAULT_AMQP_URL, about: "broker  the one that answers on 127.0.0.1:5672" };
    await rabbit.close();
  } catch (error) {
    if (!(error instanceof AmqpError)) throw error;
  }
  const url = await serve("the embedded broker", "../../broker/src/main.ts", ["--port", "0"], children);
  return {
    rabbit: await president(url),
    url,
    about: `broker  embedded, over TCP at ${hostOf(url)} (AMQP_URL names a real RabbitMQ)`,
  };
}

function president(url: string): Promise<Rabbit> {
  return connect(url, { name: "president" });
}

async function openTable(children: Child[]): Promise<{ world: World; url: string; about: string }> {
  const named = process.env.DATABASE_URL;
  if (named)
    return {
      world: await openWorld(named, { name: "president" }),
      url: named,
      about: "table   the PostgreSQL that DATABASE_URL names",
    };
  const url = await serve("the table", "../../world/src/main.ts", ["--port", "0"], children);
  const world = await openWorld(url, { name: "president" });
  return {
    world,
    url,
    about: `table   PGlite, over TCP at ${hostOf(url)} (DATABASE_URL names a real PostgreSQL)`,
  };
}

const ready = z.object({ url: z.string() });

/** Starts a server process and resolves with its url, as its first line of JSON tells it. */
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
