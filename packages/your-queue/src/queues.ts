/** The queues, and the data outside of the database: what each needs, and how its worker stalls. */
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
  /** The step of PURPLE in which worker 1 stalls. Step 11 is the last moment before a mail is sent. */
  readonly stallsIn: number;
  /** What the work changes: the people's table, unless this is given. */
  readonly outside?: "store" | "mail";
  /** The fence does not help here: an effect that compares nothing, and has passed the fence already. */
  readonly isWindow?: true;
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
    stallsIn: 4,
    givesAgain: true,
    because: "its lock on the job expires",
  },
  bullmq: {
    title: "BullMQ",
    library: "bullmq",
    needs: { redis: true },
    stall: "blocked",
    stallsIn: 4,
    givesAgain: true,
    because: "it cannot renew its lock: BullMQ calls the job stalled",
  },
  "pg-boss": {
    title: "pg-boss",
    library: "pg-boss",
    needs: {},
    stall: "slow",
    stallsIn: 4,
    givesAgain: true,
    because: "its time is over (expireInSeconds), and the handler runs on",
  },
  "graphile-worker": {
    title: "Graphile Worker",
    library: "graphile-worker",
    needs: {},
    stall: "slow",
    stallsIn: 4,
    givesAgain: false,
    because: "its job_key replaces a job that waits, and stops none that runs",
  },
  store: {
    title: "plain PostgreSQL, with the data in a store of objects",
    needs: {},
    stall: "frozen",
    stallsIn: 4,
    givesAgain: true,
    because: "its lock on the job expires",
    outside: "store",
  },
  mail: {
    title: "plain PostgreSQL, and a mail at the end",
    needs: {},
    stall: "frozen",
    stallsIn: 4,
    givesAgain: false,
    because: "another worker is free, and is faster",
    outside: "mail",
  },
  "mail-window": {
    title: "plain PostgreSQL, and a mail at the end, stalled in the last moment before it",
    needs: {},
    stall: "frozen",
    stallsIn: 11,
    givesAgain: false,
    because: "another worker is free, and is faster",
    outside: "mail",
    isWindow: true,
  },
} as const satisfies Record<string, QueueFacts>;

export type QueueName = keyof typeof QUEUES;

export const QUEUE_NAMES = Object.keys(QUEUES) as readonly QueueName[];

/** `BullMQ 6.7.0`; without a library the title alone. Throws UsageError when this Node cannot run it. */
export function nameAndVersion({ title, library }: QueueFacts): string {
  if (library === undefined) return title;
  return `${title} ${versionOf(library)}`;
}
