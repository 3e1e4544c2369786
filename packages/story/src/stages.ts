/**
 * The stages and the topology of each: the one place that says which queue holds its jobs, of which type, how many jobs a
 * node may hold, and over which exchange its cancels go. The president, the nodes, the storm and the simulator read it
 * here, since a broker refuses a queue that two programs declare differently (406 PRECONDITION_FAILED).
 */

/** The durable queue of a stage's jobs, and how a node takes jobs from it. */
export interface JobsTopology {
  readonly queue: string;
  /** A quorum queue is kept on several brokers, and dead-letters a job that came back too often. */
  readonly type: "classic" | "quorum";
  /** How many jobs a node may hold that it has not acked. */
  readonly prefetch: number;
}

export interface StageTopology {
  readonly jobs: JobsTopology;
  /** The fan-out exchange of the cancels. v1 sends none. */
  readonly cancels?: string;
}

// #region stages
/** Queues, exchange and prefetch are the talk's; v4's quorum queue is ours. */
export const STAGES = {
  v1: { jobs: { queue: "v1_jobs", type: "classic", prefetch: 1 } },
  v2: { jobs: { queue: "v2_jobs", type: "classic", prefetch: 1 }, cancels: "fanout_cancel" },
  v3: { jobs: { queue: "v3_jobs", type: "classic", prefetch: 3 }, cancels: "fanout_cancel" },
  v4: { jobs: { queue: "v4_jobs", type: "quorum", prefetch: 3 }, cancels: "fanout_cancel" },
} as const satisfies Record<string, StageTopology>;
// #endregion stages

export type Stage = keyof typeof STAGES;

/** Their names, in the order of the chapters. */
export const stages = Object.keys(STAGES) as readonly Stage[];

export function isStage(text: string): text is Stage {
  return Object.hasOwn(STAGES, text);
}
