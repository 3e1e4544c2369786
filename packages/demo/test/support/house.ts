/** A house for tests: an embedded broker and table, in which ten people live, all of them in North America. */
import { connect } from "@shirts/amqp";
import { startBroker } from "@shirts/broker";
import { openWorld, serveWorld } from "@shirts/world";
import type { Stage } from "../../src/flags.ts";
import { declareJobs } from "../../src/president.ts";

/** No node is started yet. Whatever must be closed goes into `closing`, to be closed in reverse. */
export async function emptyHouse(stage: Stage, closing: (() => unknown)[]) {
  const served = await serveWorld();
  closing.push(() => served.close());
  const broker = await startBroker({ port: 0 });
  closing.push(() => broker.close());
  const world = await openWorld(served.url, { name: "president" });
  closing.push(() => world.close());
  await world.prepare({ population: { "north-america": 10 } });
  const rabbit = await connect(broker.url, { name: "president" });
  closing.push(() => rabbit.close());
  await declareJobs(rabbit, stage);
  return { served, broker, world, rabbit };
}
