/** A node's tools on a real broker and a real table. */
import type { Rabbit } from "@shirts/amqp";
import { after, chan, type RecvChan } from "@shirts/chan";
import type {
  Cancel,
  ClusterTools,
  FencedTools,
  Job,
  JobsTopology,
  Report,
  Stage,
  Tools,
} from "@shirts/story";
import type { Table } from "@shirts/table";
import { explain } from "../advice.ts";
import { decodeCancel, encodeCancel } from "../messages.ts";
import { startRelay } from "../president/relay.ts";
import { admitCancels, admitJobs, cancelsOfWorld, jobsOfWorld } from "./admission.ts";
import type { Attempts } from "./attempts.ts";
import { type DeliveredJob, toJob } from "./job.ts";
import type { NodeWorld } from "./node-world.ts";
import type { Settings } from "./settings.ts";
import type { Shutdown } from "./shutdown.ts";

/** What a worker needs to tell the others to stop. */
export type Cancels = Pick<ClusterTools, "consumerId" | "cancels" | "broadcast">;

/** A connected node: what `main.ts` hands on to its worker. */
export interface Node {
  /** Paints without asking the table, as in the talk. */
  readonly tools: Omit<Tools, "jobs">;
  /** Paints through the fence, and knows where an unfinished job goes on. */
  readonly fence: Pick<FencedTools, "paint" | "resume">;
  /** The jobs of a stage's queue. The chan is closed when the node is told to end, also when that was before this call. */
  consume(jobs: JobsTopology): Promise<RecvChan<DeliveredJob>>;
  /**
   * Cancels over a fan-out exchange, with a queue of this node's own. `catchUp` returns what this node may have missed:
   * it is asked at the start and after each reconnect.
   */
  subscribe(exchange: string, catchUp?: () => Promise<Cancel[]>): Promise<Cancels>;
  /** Each area's newest revision in the table, as cancels. */
  newest(): Promise<Cancel[]>;
  /** Only the jobs whose command the table has accepted, and which do not kill one node after the other; the others are dead-lettered. */
  admitJobs(jobs: RecvChan<DeliveredJob>): RecvChan<Job>;
  /** Only the cancels whose revision the table has given; the others are dropped. */
  admitCancels(cancels: Cancels): Cancels;
  /** Sends again what this stage has lost, as long as this node takes jobs. */
  relay(stage: Stage): Promise<void>;
}

/** What a node is made of. */
export interface Parts {
  readonly settings: Settings;
  readonly report: Report;
  /** Writes a line for a person to stderr. */
  readonly tell: (line: string) => void;
  readonly table: Table;
  readonly world: NodeWorld;
  readonly attempts: Attempts;
  readonly rabbit: Rabbit;
  readonly shutdown: Shutdown;
}

export function attach(parts: Parts): Node {
  const { report, tell, table, world, attempts, shutdown } = parts;
  return {
    ...paints(parts),
    consume: (jobs) => consume(parts, jobs),
    subscribe: (exchange, catchUp) => subscribe(parts, exchange, catchUp),
    newest: async () =>
      [...(await table.revisions())].map(([area, revision]) => ({
        area,
        revision,
        consumerId: "the table",
        world: world.id,
      })),
    admitJobs: (jobs) => attempts.note(admitJobs(jobs, table, report)),
    admitCancels: (cancels) => ({ ...cancels, cancels: admitCancels(cancels.cancels, table, report, tell) }),
    async relay(stage) {
      const relay = startRelay(parts, stage);
      await shutdown.add(() => relay.stop());
    },
  };
}

function paints({ settings, report, table, attempts }: Parts): Pick<Node, "tools" | "fence"> {
  const { paceMs, steps, name } = settings;
  const stroke = { steps, node: name };
  return {
    tools: {
      steps,
      report,
      pace: () => after(paceMs),
      async paint(command, step) {
        const { stale } = await table.paint(command, step, stroke);
        report({ type: "painted", command, step, stale });
      },
    },
    fence: {
      resume: (command) => table.resume(command, steps),
      async paint(command, step) {
        const outcome = await table.paintFenced(command, step, stroke);
        if (outcome !== "refused") attempts.landed(command);
        if (outcome === "painted") report({ type: "painted", command, step });
        if (outcome === "refused") report({ type: "refused", command, step });
        return outcome !== "refused";
      },
    },
  };
}

async function consume(
  { report, world, rabbit, shutdown }: Parts,
  { queue, type, prefetch }: JobsTopology,
): Promise<RecvChan<DeliveredJob>> {
  await world.meet();
  if (shutdown.hasBegun) return noJobs();
  const { chan: jobs, stop } = await rabbit.consume(queue, {
    prefetch,
    queue: { type },
    decode: (body, delivery) => toJob(body, delivery, report),
  });
  await shutdown.add(stop);
  // It may have been told to end meanwhile.
  if (!shutdown.hasBegun) report({ type: "ready" });
  return jobsOfWorld(jobs, world, report);
}

function noJobs(): RecvChan<DeliveredJob> {
  const jobs = chan<DeliveredJob>();
  jobs.close();
  return jobs;
}

async function subscribe(
  { report, world, rabbit }: Parts,
  exchange: string,
  catchUp?: () => Promise<Cancel[]>,
): Promise<Cancels> {
  await world.meet();
  const subscription = await rabbit.subscribe(exchange, {
    decode(body) {
      const cancel = decodeCancel(body);
      report({ type: "cancel received", cancel });
      return cancel;
    },
    ...(catchUp && { onResubscribe: catchUp }),
  });
  return {
    consumerId: subscription.name,
    cancels: cancelsOfWorld(subscription.chan, world, report),
    broadcast(cancel) {
      report({ type: "cancel sent", cancel });
      rabbit
        .broadcast(exchange, encodeCancel({ ...cancel, world: world.id }))
        .catch((error) => report({ type: "cancel lost", cancel, reason: explain(error) }));
    },
  };
}
