/** A node's tools on a real broker and a real table. */
import type { Rabbit } from "@shirts/amqp";
import { after, chan, type RecvChan } from "@shirts/chan";
import {
  type Cancel,
  type ClusterTools,
  decodeCancel,
  encodeCancel,
  type FencedTools,
  type Job,
  type Report,
  type Tools,
} from "@shirts/story";
import type { World } from "@shirts/world";
import { explain } from "./advice.ts";
import { acceptedJobs, confirmedCancels } from "./door.ts";
import type { Ending } from "./ending.ts";
import { areasOf, readJob, toJob } from "./job.ts";
import type { Settings } from "./settings.ts";

export interface ConsumeOptions {
  /** How many jobs the broker hands out before it waits for an ack. */
  readonly prefetch: number;
  /** A quorum queue stands on several brokers, and dead-letters a job that came back too often. */
  readonly type?: "quorum";
  /** Dead-letters jobs whose command the table has never accepted. */
  readonly acceptedOnly?: boolean;
}

export interface SubscribeOptions {
  /** Asks the table what was missed, after each time that something may have been. */
  readonly catchUp?: boolean;
  /** Drops cancels for a revision that the table has never given. */
  readonly acceptedOnly?: boolean;
}

/** A connected node: what `main.ts` hands on to its worker. */
export interface Node {
  /** Paints without asking anybody, as in the talk. */
  readonly tools: Omit<Tools, "jobs">;
  /** Paints through the fence, and knows where an unfinished job goes on. */
  readonly fence: Pick<FencedTools, "paint" | "resume">;
  /** The jobs of a durable queue. The chan is closed when the node is told to end, also when that was before this call. */
  consume(queue: string, options: ConsumeOptions): Promise<RecvChan<Job>>;
  /** Cancels over a fan-out exchange, with a queue of this node's own. */
  subscribe(
    exchange: string,
    options?: SubscribeOptions,
  ): Promise<Pick<ClusterTools, "consumerId" | "cancels" | "broadcast">>;
}

/** What a node is made of. */
export interface Parts {
  readonly settings: Settings;
  readonly report: Report;
  /** Writes a line for a person to stderr. */
  readonly tell: (line: string) => void;
  readonly world: World;
  readonly rabbit: Rabbit;
  readonly ending: Ending;
}

export function attach(parts: Parts): Node {
  const { settings, report, world } = parts;
  const { paceMs, steps, name } = settings;
  const paper = { steps, node: name };
  return {
    tools: {
      steps,
      report,
      pace: () => after(paceMs),
      async paint(command, step) {
        const { stale } = await world.paint(command, step, paper);
        report({ type: "painted", command, step, stale });
      },
    },
    fence: {
      resume: (command) => world.resume(command, steps),
      async paint(command, step) {
        const painted = await world.paintFenced(command, step, paper);
        report(
          painted ? { type: "painted", command, step, stale: false } : { type: "refused", command, step },
        );
        return painted;
      },
    },
    consume: (queue, options) => consume(parts, queue, options),
    subscribe: (exchange, options = {}) => subscribe(parts, exchange, options),
  };
}

async function consume(
  { report, world, rabbit, ending }: Parts,
  queue: string,
  { prefetch, type, acceptedOnly = false }: ConsumeOptions,
): Promise<RecvChan<Job>> {
  const areas = await areasOf(world);
  if (ending.hasBegun) return noJobs();
  const common = { prefetch, queue: { type: type ?? ("classic" as const) } };
  /** Ready, or told to end meanwhile. */
  const begin = async (stop: () => Promise<void>) => {
    await ending.add(stop);
    if (!ending.hasBegun) report({ type: "ready" });
  };
  if (!acceptedOnly) {
    const { chan: jobs, stop } = await rabbit.consume(queue, {
      ...common,
      decode: (body, delivery) => toJob(body, delivery, areas, report),
    });
    await begin(stop);
    return jobs;
  }
  const { chan: arrivals, stop } = await rabbit.consume(queue, {
    ...common,
    decode: (body, delivery) => ({
      job: readJob(body, delivery, areas, report),
      deadLetter: delivery.deadLetter,
    }),
  });
  await begin(stop);
  return acceptedJobs(arrivals, world, report);
}

function noJobs(): RecvChan<Job> {
  const jobs = chan<Job>();
  jobs.close();
  return jobs;
}

async function subscribe(
  { report, tell, world, rabbit }: Parts,
  exchange: string,
  { catchUp = false, acceptedOnly = false }: SubscribeOptions,
): ReturnType<Node["subscribe"]> {
  const newest = async (): Promise<Cancel[]> =>
    [...(await world.revisions())].map(([area, revision]) => ({ area, revision, consumerId: "the table" }));
  const subscription = await rabbit.subscribe(exchange, {
    decode(body) {
      const cancel = decodeCancel(body);
      report({ type: "cancel received", cancel });
      return cancel;
    },
    ...(catchUp && { onResubscribe: newest }),
  });
  return {
    consumerId: subscription.name,
    cancels: acceptedOnly ? confirmedCancels(subscription.chan, world, report, tell) : subscription.chan,
    broadcast(cancel) {
      report({ type: "cancel sent", cancel });
      rabbit
        .broadcast(exchange, encodeCancel(cancel))
        .catch((error) => report({ type: "cancel lost", cancel, reason: explain(error) }));
    },
  };
}
