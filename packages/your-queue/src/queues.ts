/** The queues of this house: what each needs, and how its worker stalls. */
import { versionOf } from "./libraries.ts";

/**
 * How worker 1 stalls in the middle of PURPLE. "blocked": its event loop is blocked. "frozen": SIGSTOP, as a machine that is
 * suspended. "slow": its work takes long, and all else goes on.
 */
export type Stall = "blocked" | "frozen" | "slow";

export interface QueueFacts {
  readonly title: string;
  /** The npm package of the queue; none for plain SQL. */
  readonly library?: string;
  readonly needs: { readonly redis?: true; readonly postgres?: true };
  readonly stall: Stall;
  /** The queue gives PURPLE again while worker 1 stalls; else BLUE only overtakes it. */
  readonly givesAgain: boolean;
  /** Why, in one line. */
  readonly because: string;
}

export const QUEUES = {
  plain: {
    title: "plain PostgreSQL",
    needs: {},
    stall: "frozen",
    givesAgain: true,
    because: "its lock on the job expires",
  },
  bullmq: {
    title: "BullMQ",
    library: "bullmq",
    needs: { redis: true },
    stall: "blocked",
    givesAgain: true,
    because: "it cannot renew its lock: BullMQ calls the job stalled",
  },
  "pg-boss": {
    title: "pg-boss",
    library: "pg-boss",
    needs: {},
    stall: "slow",
    givesAgain: true,
    because: "its time is over (expireInSeconds), and the handler runs on",
  },
  "graphile-worker": {
    title: "Graphile Worker",
    library: "graphile-worker",
    needs: {},
    stall: "slow",
    givesAgain: false,
    because: "its job_key replaces a job that waits, and stops none that runs",
  },
} as const satisfies Record<string, QueueFacts>;

export type QueueName = keyof typeof QUEUES;

export const QUEUE_NAMES = Object.keys(QUEUES) as readonly QueueName[];

/** `BullMQ 6.7.0`; without a library the title alone. Throws UsageError when this Node cannot run it. */
export function nameAndVersion({ title, library }: QueueFacts): string {
  if (library === undefined) return title;
  return `${title} ${versionOf(library)}`;
}
