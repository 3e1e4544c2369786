/** Services for tests: an embedded broker, and a table with ten people, all of them in North America. */
import { connect } from "@shirts/amqp";
import { startBroker } from "@shirts/broker";
import { servePglite } from "@shirts/pglite-server";
import type { Stage } from "@shirts/story";
import { openTable } from "@shirts/table";
import { declareJobs } from "../../src/president/president.ts";

/**
 * No node is started yet. What must be closed goes into `closing`, to be closed in reverse. `amqpUrl` names a broker that is
 * used in place of the embedded one.
 */
export async function openTestServices(stage: Stage, closing: (() => unknown)[], amqpUrl?: string) {
  const served = await servePglite();
  closing.push(() => served.close());
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
