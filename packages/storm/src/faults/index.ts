/** The faults of the storm, by name. */
import { broker, cut, jobsQueue, lag, outage, queue, stall } from "./broker.ts";
import { failover } from "./failover.ts";
import type { Fault } from "./injection.ts";
import { duplicate, malformed, president } from "./message.ts";
import { deploy, freeze, kill, nap } from "./node.ts";
import { frozenConnection, prepare, slowTable, table, tableCrash, tableRestart } from "./table.ts";

export const FAULTS = {
  none: async () => {},
  nap,
  stall,
  lag,
  cut,
  kill,
  deploy,
  freeze,
  duplicate,
  malformed,
  queue,
  broker,
  outage,
  // After those that kill the broker, see `forgetJobs` in injection.ts.
  "jobs-queue": jobsQueue,
  president,
  table,
  "table-restart": tableRestart,
  "table-crash": tableCrash,
  "slow-table": slowTable,
  "frozen-connection": frozenConnection,
  prepare,
  failover,
} satisfies Record<string, Fault>;
export type FaultName = keyof typeof FAULTS;
/** They are there before the story's first command; the others strike in the middle. */
export const FROM_THE_START: ReadonlySet<FaultName> = new Set<FaultName>(["lag"]);
/** In these a question to the table may wait longer than a step. */
export const DISTURBS_TABLE: ReadonlySet<FaultName> = new Set<FaultName>([
  "table",
  "table-restart",
  "table-crash",
  "slow-table",
  "frozen-connection",
  "prepare",
  "failover",
]);
export const faultNames = Object.keys(FAULTS) as FaultName[];

export function isFault(text: string): text is FaultName {
  return Object.hasOwn(FAULTS, text);
}
