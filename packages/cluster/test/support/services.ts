/** Services for tests: an embedded broker, and a table with ten people, all of them in North America. */
import { connect } from "@shirts/amqp";
import { startBroker } from "@shirts/broker";
import { servePglite } from "@shirts/pglite-server";
import type { Stage } from "@shirts/story";
import { openTable } from "@shirts/table";
import { declareJobs } from "../../src/president/president.ts";

/** No node is started yet. What must be closed goes into `closing`, to be closed in reverse. */
export async function openTestServices(stage: Stage, closing: (() => unknown)[]) {
  const served = await servePglite();
  closing.push(() => served.close());
  const broker = await startBroker({ port: 0 });
  closing.push(() => broker.close());
  const table = await openTable(served.url, { name: "president" });
  closing.push(() => table.close());
  await table.prepare({ population: { "north-america": 10 } });
  const rabbit = await connect(broker.url, { name: "president" });
  closing.push(() => rabbit.close());
  await declareJobs(rabbit, stage);
  return { served, broker, table, rabbit };
}
