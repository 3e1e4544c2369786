/** Services for tests: an embedded broker, and a table with ten people, all of them in North America. */
import { connect } from "@shirts/amqp";
import { startBroker } from "@shirts/broker";
import { type PgliteServer, servePglite } from "@shirts/pglite-server";
import type { Stage } from "@shirts/story";
import { openTable } from "@shirts/table";
import { afterAll } from "vitest";
import { declareJobs } from "../../src/president/president.ts";

/**
 * The database of a test file, opened when the first test asks. To open one takes a second of CPU, and each test prepares a world
 * of its own, so one is enough.
 */
export function databaseOfFile(): () => Promise<PgliteServer> {
  let served: Promise<PgliteServer> | undefined;
  afterAll(async () => (await served)?.close());
  return () => {
    served ??= servePglite();
    return served;
  };
}

/**
 * No node is started yet. What must be closed goes into `closing`, to be closed in reverse. `amqpUrl` names a broker that is
 * used in place of the embedded one.
 */
export async function openTestServices(
  stage: Stage,
  database: () => Promise<PgliteServer>,
  closing: (() => unknown)[],
  amqpUrl?: string,
) {
  const served = await database();
  const embedded = amqpUrl === undefined ? await startBroker({ port: 0 }) : undefined;
  closing.push(() => embedded?.close());
  const broker = { url: amqpUrl ?? embedded?.url ?? "" };
  const table = await openTable(served.url, { name: "president" });
  closing.push(() => table.close());
  await table.prepare({ population: { "north-america": 10 } });
  const rabbit = await connect(broker.url, { name: "president" });
  closing.push(() => rabbit.close());
  await declareJobs(rabbit, stage);
  return { served, broker, table, rabbit };
}
