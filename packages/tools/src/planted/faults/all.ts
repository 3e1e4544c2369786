/** Every planted fault, in the order in which the promise is built: the stages, the node, the table, the president, AMQP, servers. */
import type { FaultyFile, PlantedFault } from "../fault.ts";
import { addresses } from "./addresses.ts";
import { amqpConnections } from "./amqp-connections.ts";
import { amqpJobs } from "./amqp-jobs.ts";
import { amqpMessages } from "./amqp-messages.ts";
import { brokerTimeouts } from "./broker-timeouts.ts";
import { chance } from "./chance.ts";
import { explore } from "./explore.ts";
import { fanIn } from "./fan-in.ts";
import { fence } from "./fence.ts";
import { learn } from "./learn.ts";
import { learnExercises } from "./learn-exercises.ts";
import { live } from "./live.ts";
import { node } from "./node.ts";
import { nodeWiring } from "./node-wiring.ts";
import { outbox } from "./outbox.ts";
import { ownWorker } from "./own-worker.ts";
import { pglite } from "./pglite.ts";
import { president } from "./president.ts";
import { relay } from "./relay.ts";
import { scheduler } from "./scheduler.ts";
import { serverStarts } from "./server-starts.ts";
import { servers } from "./servers.ts";
import { session } from "./session.ts";
import { sql } from "./sql.ts";
import { table } from "./table.ts";
import { theatre } from "./theatre.ts";
import { v1 } from "./v1.ts";
import { v2 } from "./v2.ts";
import { v3 } from "./v3.ts";
import { v4 } from "./v4.ts";
import { yourQueue } from "./your-queue.ts";

const files: readonly FaultyFile[] = [
  ...v1,
  ...v2,
  ...v3,
  ...v4,
  ...fanIn,
  ...node,
  ...nodeWiring,
  ...fence,
  ...sql,
  ...session,
  ...table,
  ...pglite,
  ...outbox,
  ...relay,
  ...president,
  ...amqpJobs,
  ...amqpMessages,
  ...amqpConnections,
  ...addresses,
  ...brokerTimeouts,
  ...servers,
  ...serverStarts,
  ...scheduler,
  ...live,
  ...theatre,
  ...chance,
  ...ownWorker,
  ...explore,
  ...yourQueue,
  ...learn,
  ...learnExercises,
];

export const faults: readonly PlantedFault[] = files.flatMap(({ file, tests, faults }) =>
  faults.map((fault) => ({ tests, ...fault, file })),
);
