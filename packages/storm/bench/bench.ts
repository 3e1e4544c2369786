/**
 * Two ratios on a real RabbitMQ and a real PostgreSQL of the bench's own: `pnpm --filter storm bench`, about 50 s.
 *
 * 1. How long an older routine works on after a newer command is accepted, in round trips over the fan-out that are
 *    measured in between, on the same broker.
 * 2. What R routines on each of N nodes are worth against one routine of v2 with the same jobs.
 */
import { startPostgres, startRabbitMq } from "@shirts/servers";
import type { Population } from "@shirts/story";
import { openTable } from "@shirts/table";
import { cancelLatency } from "./cancel.ts";
import { speedUp } from "./speed-up.ts";

const PEOPLE: Population = { "north-america": 60_000, "south-america": 60_000 };

// Servers die with this process, but only when it ends by exit.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => process.exit(1));

const rabbit = await startRabbitMq();
const postgres = await startPostgres();
const servers = { amqpUrl: rabbit.url, databaseUrl: postgres.url };
let isGood = true;
try {
  const table = await openTable(postgres.url);
  await table.prepare({ population: PEOPLE });
  await table.close();
  isGood = (await cancelLatency(servers)) && isGood;
  isGood = (await speedUp(servers)) && isGood;
} finally {
  await rabbit.stop();
  await postgres.stop();
}
process.exit(isGood ? 0 : 1);
