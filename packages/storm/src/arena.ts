/**
 * Where the storm rages: a RabbitMQ and a PostgreSQL of our own, and node processes that reach each of them through a
 * proxy of their own. The nodes stay from story to story; only the dead ones are replaced.
 */
import { connect, type Rabbit } from "@shirts/amqp";
import { type FaultProxy, startFaultProxy } from "@shirts/amqp/testing";
import { declareJobs, startRelay } from "@shirts/cluster/president";
import { type Child, end, reasonOf, startNode } from "@shirts/cluster/processes";
import {
  type FailoverPostgres,
  type RabbitMqNode,
  type Server,
  startFailoverPostgres,
  startRabbitCluster,
  startRabbitMq,
} from "@shirts/servers";
import type { Population, Report, Stage, TraceEvent } from "@shirts/story";
import { openTable, type Table } from "@shirts/table";
import { type Audit, openAudit } from "./audit.ts";

/** Small areas: a storm needs many stories, not many people. */
export const POPULATION: Population = { "north-america": 2000, "south-america": 1000 };
export const STEPS = 10;
/** The broker gives up a silent connection after two of these, in seconds. */
export const HEARTBEAT_S = 1;

/** One place for a node: its process may die and be replaced, its name and its proxies stay. */
export interface Slot {
  readonly name: string;
  readonly paceMs: number;
  /** Before the broker. */
  readonly proxy: FaultProxy;
  /** Before PostgreSQL. */
  readonly table: FaultProxy;
  /** Its program, when it is not the stage's own. */
  readonly entry: string | undefined;
  /** A file in the place of its worker.ts. */
  readonly worker: string | undefined;
  process: Child | undefined;
}

export interface Arena {
  readonly stage: Stage;
  readonly broker: RabbitMqNode;
  /** All brokers: more than one in a cluster. */
  readonly brokers: readonly RabbitMqNode[];
  readonly rabbit: Rabbit;
  /** Its address stays when a replica takes over. */
  readonly postgres: FailoverPostgres;
  readonly table: Table;
  readonly audit: Audit;
  readonly slots: readonly Slot[];
  /** AMQP_URL and DATABASE_URL of the president, for a process of its own. */
  readonly presidentEnv: Readonly<Record<"AMQP_URL" | "DATABASE_URL", string>>;
  /** Tells the running story what the president does. */
  readonly report: Report;
  /** The queue of jobs was deleted, and declared again. */
  hasNewJobsQueue: boolean;
  /** Gets the nodes' trace events; set by the running story. */
  listener: (event: TraceEvent) => void;
  /** Starts every node that does not run. Resolves when all wait for jobs. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

export interface ArenaOptions {
  /** How many node processes. Default 2. */
  readonly nodes?: number;
  /** Three brokers instead of one. */
  readonly inCluster?: boolean;
  readonly signal?: AbortSignal;
  /** A program for node `number` (from 1) instead of the stage's own, below packages/: for planted faults. */
  readonly entryOf?: (number: number) => string | undefined;
  /** A file in the place of the stage's worker.ts, for all nodes. */
  readonly worker?: string | undefined;
}

/**
 * Opens servers, table and nodes. Throws NotInstalledError when RabbitMQ or PostgreSQL are not on this machine, and
 * the signal's reason when it comes meanwhile; what was opened is closed again by then.
 */
export async function openArena(stage: Stage, options: ArenaOptions = {}): Promise<Arena> {
  const { nodes = 2, inCluster = false, signal, entryOf = () => undefined, worker } = options;
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    const failures: unknown[] = [];
    // Whatever one of them throws, the others must be ended too.
    for (const shut of opened.splice(0).reverse()) await shut().catch((error) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  const keep = <T extends Server>(server: T): T => {
    opened.push(() => server.stop());
    return server;
  };
  const proxyTo = async (url: string): Promise<FaultProxy> => {
    const proxy = await startFaultProxy(url);
    opened.push(() => proxy.close());
    return proxy;
  };
  try {
    const postgres = keep(await startFailoverPostgres());
    signal?.throwIfAborted();
    const brokers = (inCluster ? await startRabbitCluster(3) : [await startRabbitMq()]).map(keep);
    const [broker] = brokers;
    if (!broker) throw new Error("no broker was started");
    signal?.throwIfAborted();
    const table = await openTable(postgres.url, { name: "president" });
    opened.push(() => table.close());
    await table.prepare({ population: POPULATION });
    const audit = await openAudit(postgres.url);
    opened.push(() => audit.close());
    const presidentEnv = { AMQP_URL: brokers.at(-1)?.url ?? broker.url, DATABASE_URL: postgres.url };
    const rabbit = await connect(presidentEnv.AMQP_URL, { name: "president", retryFirstMs: 20_000 });
    opened.push(() => rabbit.close());
    await declareJobs(rabbit, stage);
    const slots: Slot[] = [];
    for (let number = 1; number <= nodes; number++) {
      const proxy = await proxyTo(brokers[number % brokers.length]?.url ?? broker.url);
      const names = { name: `node ${number}`, paceMs: 4 + 5 * number, entry: entryOf(number), worker };
      slots.push({ ...names, proxy, table: await proxyTo(postgres.url), process: undefined });
    }
    opened.push(() => Promise.all(slots.map(({ process }) => process && end(process, 1000))));
    const servers = { broker, brokers, rabbit, postgres, table, audit, presidentEnv };
    const arena = arenaOf({ ...servers, stage, slots, close }, signal);
    await arena.heal();
    if (stage === "v4") {
      // Sooner than by itself: a story does not wait five seconds for what a dead president left behind.
      const relay = startRelay(arena, stage, { afterMs: 1000, everyMs: 250 });
      opened.push(() => relay.stop());
    }
    return arena;
  } catch (error) {
    await close();
    throw error;
  }
}

function arenaOf(
  parts: Omit<Arena, "hasNewJobsQueue" | "listener" | "report" | "heal">,
  signal: AbortSignal | undefined,
): Arena {
  const arena: Arena = {
    ...parts,
    hasNewJobsQueue: false,
    listener: () => {},
    report: (body) => arena.listener({ ...body, node: "president", at: Date.now() }),
    heal: async () => {
      for (const slot of arena.slots) {
        signal?.throwIfAborted();
        if (!slot.process) await startSlot(arena, slot);
      }
    },
  };
  return arena;
}

function startSlot(arena: Arena, slot: Slot): Promise<void> {
  const { name, paceMs, entry, worker } = slot;
  const env = { AMQP_URL: `${slot.proxy.url}?heartbeat=${HEARTBEAT_S}`, DATABASE_URL: slot.table.url };
  const settings = { name, stage: arena.stage, entry, worker, paceMs, steps: STEPS, drainMs: 500, env };
  const { node, ready } = startNode(settings, (event) => arena.listener(event));
  slot.process = node;
  void node.ended.then((code) => {
    if (slot.process === node) slot.process = undefined;
    arena.listener({ type: "crashed", reason: reasonOf(node, code), node: name, at: Date.now() });
  });
  return ready;
}
