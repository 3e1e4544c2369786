/** What a node is made of, in memory: a broker and a table whose answers a test gives, and what they were asked. */
import type { Delivery, Rabbit } from "@shirts/amqp";
import { type Chan, chan } from "@shirts/chan";
import type { Area, Cancel, EventBody } from "@shirts/story";
import type { Outcome, Table } from "@shirts/table";
import { encodeCancel, encodeCommand } from "../../src/messages.ts";
import { Attempts } from "../../src/node/attempts.ts";
import type { DeliveredJob } from "../../src/node/job.ts";
import { attach, type Node } from "../../src/node/node.ts";
import { NodeWorld } from "../../src/node/node-world.ts";
import { Shutdown } from "../../src/node/shutdown.ts";

const area = "north-america";

/** What the node asks of \`rabbit.consume\` and \`rabbit.subscribe\`. */
interface Consuming {
  readonly prefetch: number;
  readonly queue?: { readonly type?: string };
  decode(body: Uint8Array, delivery: Delivery): DeliveredJob;
}
interface Subscribing {
  decode(body: Uint8Array): Cancel;
  onResubscribe?(): unknown;
}

export interface NodeInMemory {
  readonly node: Node;
  readonly log: EventBody[];
  readonly shutdown: Shutdown;
  readonly attempts: Attempts;
  /** What broker and table were asked, one line each. */
  readonly asked: string[];
  /** What was broadcast, as text. */
  readonly wire: string[];
  /** The catch-up that the broker was given. */
  readonly catchUp: () => unknown;
  deliver(revision: number, world?: string): void;
  hear(cancel: Cancel): void;
  /** What the next fenced step comes to. */
  fence: Outcome;
  /** The table answers that it has accepted a job. */
  hasAccepted: boolean;
  /** Called while the broker is asked for jobs. */
  onConsume: () => void;
  isBrokerDown: boolean;
}

/** A node of world "w1", in whose one area revision 3 is the newest. */
export function nodeInMemory(): NodeInMemory {
  const asked: string[] = [];
  const log: EventBody[] = [];
  const wire: string[] = [];
  const report = (event: EventBody) => void log.push(event);
  const ask = <T>(line: string, answer: T): T => {
    asked.push(line);
    return answer;
  };
  const shutdown = new Shutdown();
  let consumed: { jobs: Chan<DeliveredJob>; options: Consuming } | undefined;
  let subscribed: { values: Chan<Cancel>; options: Subscribing } | undefined;
  const table = {
    world: async () => ask("world", "w1"),
    revisions: async () => new Map<Area, number>([[area, 3]]),
    accepted: async () => parts.hasAccepted,
    resume: async (_command: unknown, steps: number) => steps - 1,
    paint: async () => ({ stale: true }),
    paintFenced: async () => parts.fence,
    waiting: async () => ask("waiting", []),
    begin: async () => ask("begin", { isGivenUp: false, kills: 1 }),
    beat: async () => {},
    end: async () => {},
  } as unknown as Table;
  const rabbit = {
    async consume(queue: string, options: Consuming) {
      asked.push(`consume ${queue}: ${options.queue?.type}, ${options.prefetch} at once`);
      parts.onConsume();
      const jobs = chan<DeliveredJob>(9);
      consumed = { jobs, options };
      return { chan: jobs, stop: async () => void asked.push("stop consuming") };
    },
    async subscribe(_exchange: string, options: Subscribing) {
      const values = chan<Cancel>(9);
      subscribed = { values, options };
      return { chan: values, name: "queue-1", stop: async () => {} };
    },
    async broadcast(_exchange: string, body: Uint8Array) {
      if (parts.isBrokerDown) throw new Error("the broker is down");
      wire.push(new TextDecoder().decode(body));
    },
  } as unknown as Rabbit;
  const attempts = new Attempts(table, "n1", report);
  const settings = {
    ...{ name: "n1", amqpUrl: "", databaseUrl: "", paceMs: 250, steps: 10, drainMs: 0 },
    ...{ json: false, parentPipe: false },
  };
  const world = new NodeWorld(table);
  const node = attach({ settings, report, tell: () => {}, table, world, attempts, rabbit, shutdown });
  const delivery: Delivery = { redelivered: false, ack: () => true, deadLetter: async () => {} };
  const parts: NodeInMemory = {
    ...{ node, log, shutdown, attempts, asked, wire },
    catchUp: () => subscribed?.options.onResubscribe,
    deliver(revision, of = "w1") {
      const body = encodeCommand({ area, shirt: "blue", revision, world: of });
      if (consumed) consumed.jobs.trySend(consumed.options.decode(body, delivery));
    },
    hear(cancel) {
      if (subscribed) subscribed.values.trySend(subscribed.options.decode(encodeCancel(cancel)));
    },
    fence: "painted",
    hasAccepted: true,
    onConsume: () => {},
    isBrokerDown: false,
  };
  return parts;
}
