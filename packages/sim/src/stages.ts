/** What can be simulated: the stages as they are in their packages, and variants between them. */
import { type FencedTools, STAGES, type StopRule } from "@shirts/story";
import { worker as v1 } from "@shirts/v1";
import { worker as v2 } from "@shirts/v2";
import { worker as v3 } from "@shirts/v3";
import { worker as v4 } from "@shirts/v4";
import type { OwnLaws } from "./laws.ts";
import type { Locking } from "./locks.ts";
import { slips } from "./variants/slips.ts";
import { worker as byRevision } from "./variants/workers/by-revision.ts";

/** A worker sees the tools of the last stage; an earlier one uses fewer of them. */
export interface WorkerTools extends Omit<FencedTools, "paint"> {
  paint(...step: Parameters<FencedTools["paint"]>): Promise<never>;
}

/** A stage and what its `main.ts` gives it. */
export interface Stage {
  readonly name: string;
  /** One line for people. */
  readonly about: string;
  readonly worker: (tools: WorkerTools) => Promise<void>;
  readonly prefetch: number;
  /** Which cancels must stop a routine. Missing: the worker hears none. */
  readonly stops?: StopRule;
  /** The table refuses steps of older commands, and `paint` says so. */
  readonly fenced?: boolean;
  /** A fenced step is several events, and waits for the row. Missing: it is one event. */
  readonly locking?: Locking;
  /** The president sends a cancel with every command. */
  readonly announced?: boolean;
  /** After each (re)connect the node asks the table for the newest revisions. */
  readonly catchUp?: boolean;
  /** The node asks the table whether it has accepted a job's command, and given a cancel's revision. */
  readonly admits?: boolean;
  /** The queue is a quorum queue: a job that came back too often is dead-lettered. */
  readonly limitsDeliveries?: boolean;
  /** The president's relay sends the newest command again as long as it is not finished and makes no progress. */
  readonly relays?: boolean;
  /** What the president publishes while the broker is down is lost without an error. */
  readonly forgetful?: boolean;
  /** The chan of jobs closes with the connection, as in Go's AMQP client, and the node does not connect again. */
  readonly neverReconnects?: boolean;
  /** Workers of another stage get the same commands and send their cancels over the same exchange. */
  readonly sharesExchange?: boolean;
  /** Laws beside ours, from a file of one's own. */
  readonly laws?: OwnLaws;
  /** Its worker was never in the house, and may leave a promise alone that rejects. */
  readonly isOwn?: boolean;
}

const v3Wiring = { prefetch: STAGES.v3.jobs.prefetch, stops: "others" } as const;
const v4Wiring = {
  prefetch: STAGES.v4.jobs.prefetch,
  stops: "newest",
  announced: true,
  catchUp: true,
  admits: true,
  limitsDeliveries: true,
  relays: true,
} as const;

export const stages: readonly Stage[] = [
  { name: "v1", about: "one routine, no cancel", worker: v1, prefetch: STAGES.v1.jobs.prefetch },
  {
    name: "v2",
    about: "one routine, cancel by broadcast",
    worker: v2,
    prefetch: STAGES.v2.jobs.prefetch,
    stops: "others",
  },
  { name: "v3", about: "many routines, cancel by broadcast", worker: v3, ...v3Wiring },
  {
    name: "revision",
    about: "v3, and a cancel stops only older commands",
    worker: byRevision,
    ...v3Wiring,
    stops: "newer",
  },
  {
    name: "fence",
    about: "v1 behind the fence: nobody cancels, the table refuses",
    worker: v1,
    prefetch: STAGES.v1.jobs.prefetch,
    fenced: true,
  },
  {
    name: "v3-fence",
    about: "v3 behind the fence: the talk's cancel, and the table refuses",
    worker: v3,
    ...v3Wiring,
    fenced: true,
  },
  {
    name: "order",
    about: "v3, and the president announces each command to all nodes",
    worker: v3,
    ...v3Wiring,
    announced: true,
  },
  { name: "no-fence", about: "v4 without its fence: order and supersede", worker: v4, ...v4Wiring },
  { name: "v4", about: "order, supersede, fence", worker: v4, ...v4Wiring, fenced: true },
];

/** There is no such stage; the message is one line for people. */
export class UnknownStageError extends Error {
  override readonly name = "UnknownStageError";
}

/** The stage or slip of this name. Throws UnknownStageError. */
export function stageOf(name: string): Stage {
  const stage = [...stages, ...slips].find((one) => one.name === name);
  if (stage) return stage;
  throw new UnknownStageError(
    `there is no stage "${name}"; there are ${stages.map((one) => one.name).join(", ")}`,
  );
}
