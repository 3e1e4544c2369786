/**
 * What every node process does around its worker: read settings, connect, report, and end when it is told to.
 *
 * SIGTERM: no new jobs, running ones may finish within the drain time. SIGINT, a second signal or a closed parent
 * pipe: the process ends at once. Jobs that were not acked go back to the queue; nothing is lost either way.
 */
import { connect, deadQueue, type Rabbit } from "@shirts/amqp";
import { after, type RecvChan } from "@shirts/chan";
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
import { complain } from "@shirts/story/command-line";
import { openWorld, type World } from "@shirts/world";
import { areasOf, toJob } from "./job.ts";
import { readSettings, type Settings, usage } from "./settings.ts";
import { voice } from "./voice.ts";

/** A connected node: what `main.ts` hands on to its worker. */
export interface Node {
  /** Paints without asking anybody, as in the talk. */
  readonly tools: Omit<Tools, "jobs">;
  /** Paints through the fence, and knows where an unfinished job goes on. */
  readonly fence: Pick<FencedTools, "paint" | "resume">;
  /**
   * The jobs of a durable queue. `prefetch` is how many the broker hands out before it waits for an ack. A `quorum` queue
   * stands on several brokers, and puts a job aside that came back too often.
   */
  consume(queue: string, options: { prefetch: number; type?: "quorum" }): Promise<RecvChan<Job>>;
  /** Cancels over a fan-out exchange, with a queue of this node's own. `catchUp` asks the table what was missed. */
  subscribe(
    exchange: string,
    options?: { catchUp: boolean },
  ): Promise<Pick<ClusterTools, "consumerId" | "cancels" | "broadcast">>;
}

/** Runs one node of `stage` until `play` resolves or a signal comes; ends the process either way. */
export async function runNode(stage: string, play: (node: Node) => Promise<void>): Promise<void> {
  try {
    const settings = readSettings(stage, process.argv.slice(2), process.env);
    if (settings === "help") {
      process.stdout.write(usage(stage));
      return;
    }
    await live(settings, play);
    process.exit(0);
  } catch (error) {
    die(error, stage);
  }
}

async function live(settings: Settings, play: (node: Node) => Promise<void>): Promise<void> {
  process.once("SIGINT", () => process.exit(130));
  process.on("uncaughtException", (error) => die(error, settings.name));
  if (settings.parentPipe) process.stdin.resume().once("end", () => process.exit(0));

  const say = voice(settings.json, settings.steps);
  const report: Report = (happening) => say({ ...happening, node: settings.name, at: Date.now() });
  const world = await openWorld(settings.databaseUrl, { name: settings.name });
  const rabbit = await connect(settings.amqpUrl, {
    name: settings.name,
    onState: ({ state, reason = "no reason given" }) => {
      if (state === "disconnected") report({ type: "disconnected", reason });
      if (state === "connected") report({ type: "reconnected" });
    },
    onDeadLetter({ queue, reason }) {
      report({ type: "dead-lettered", queue, reason });
      process.stderr.write(
        `${settings.name}: a message of ${queue} is in ${deadQueue(queue)} now: ${reason}\n`,
      );
    },
  });
  const stopConsuming: (() => Promise<void>)[] = [];
  process.once("SIGTERM", () => {
    process.once("SIGTERM", () => process.exit(143));
    setTimeout(() => process.exit(143), settings.drainMs).unref();
    for (const stop of stopConsuming) stop().catch((error) => die(error, settings.name));
  });
  await play(attach(settings, report, world, rabbit, stopConsuming));
  await rabbit.close();
  await world.close();
}

function attach(
  { paceMs, steps, name }: Settings,
  report: Report,
  world: World,
  rabbit: Rabbit,
  stopConsuming: (() => Promise<void>)[],
): Node {
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
    async consume(queue, { prefetch, type }) {
      const areas = await areasOf(world);
      const jobs = await rabbit.consume(queue, {
        prefetch,
        queue: { type: type ?? "classic" },
        decode: (body, delivery) => toJob(body, delivery, areas, report),
      });
      stopConsuming.push(() => jobs.stop());
      report({ type: "ready" });
      return jobs;
    },
    async subscribe(exchange, { catchUp } = { catchUp: false }) {
      const newest = async (): Promise<Cancel[]> =>
        [...(await world.revisions())].map(([area, revision]) => ({
          area,
          revision,
          consumerId: "the table",
        }));
      const subscription = await rabbit.subscribe(exchange, {
        decode: (body) => heard(decodeCancel(body), report),
        ...(catchUp && { onResubscribe: newest }),
      });
      return {
        consumerId: subscription.name,
        cancels: subscription.chan,
        broadcast(cancel) {
          report({ type: "cancel sent", cancel });
          rabbit
            .broadcast(exchange, encodeCancel(cancel))
            .catch((error: Error) => report({ type: "cancel lost", cancel, reason: error.message }));
        },
      };
    },
  };
}

function heard(cancel: Cancel, report: Report): Cancel {
  report({ type: "cancel received", cancel });
  return cancel;
}

/** Says in one line why the process ends, and ends it: exit code 2 for bad usage, 1 for everything else. */
function die(error: unknown, who: string): never {
  process.exit(complain(`${who}:`, error));
}
