/**
 * Every order of events of a small story. There is no clock: each event that could come next is tried as the next one.
 *
 * One counted order is one sequence of these events, from the start to the end of the story:
 * - the president's next command is accepted and published;
 * - a job, or a cancel of somebody else, arrives at a node: both in their own order, in any order with each other;
 * - a step's time is over, for a routine that still waits for it; its statement has its effect in the table;
 * - a fault, at any place and at most once, and what it brings: a restart, a wake-up, a lost connection.
 * Two orders differ when these sequences differ. What follows at once from an event is part of it: what a node publishes, acks
 * or broadcasts is at the broker, its own cancel is back, and a table's answer is at the node. A timer that nobody waits for any
 * more is no event, and a choice of select counts only where its outcome changes what follows.
 *
 * A story without its fault does not count.
 */
import type { TraceEvent } from "@shirts/story";
import { type Choice, type Count, type End, Walk } from "./choice-points.ts";
import { type EventQueue, needs, type QueuedEvent } from "./event-queue.ts";
import { Nodes, pause, resume } from "./faults.ts";
import { judge, type LawName, lawNames } from "./laws.ts";
import type { Story } from "./plan.ts";
import { BOUNDS, play } from "./play.ts";
import type { Process } from "./process.ts";
import { commandsOf, President } from "./run.ts";
import { Simulation } from "./simulation.ts";
import type { Stage } from "./stages.ts";

/** Faults that can be injected at every place of a story. */
export const explorableFaults = ["lost-cancel", "crash", "pause", "duplicate"] as const;
export type ExplorableFault = (typeof explorableFaults)[number];

export interface Exploration {
  /** How many orders there are. */
  readonly ways: number;
  /** In how many of them the law of interest was broken. */
  readonly wrong: number;
  /** In how many of them each law was broken; a law that always held is not there. */
  readonly broken: Readonly<Partial<Record<LawName, number>>>;
  /** How many events the shortest wrong order has. */
  readonly shortest: number | undefined;
  readonly states: number;
  readonly runs: number;
  /** The trace of the shortest wrong interleaving; its times are event numbers. */
  readonly trace: readonly TraceEvent[] | undefined;
}

export interface ExploreOptions {
  readonly stage: Stage;
  readonly nodes: number;
  readonly steps: number;
  readonly commands: Story["commands"];
  readonly fault?: ExplorableFault | undefined;
  /** The law of interest. Default: the last command wins. */
  readonly law?: LawName | undefined;
  /** Walks equal states once. Without it the counts are the same, and take longer. Default true. */
  readonly merging?: boolean;
}

/** Walks all ways. Throws RangeError when there are too many to count, Error when a run hits a bound. */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const law = lawNames.indexOf(options.law ?? "last command wins");
  const walk = new Walk(lawNames.length, law, options.merging ?? true);
  let count: Count | undefined;
  while (!count) {
    const run = new Run(options, (choice) => walk.choose(choice));
    const end = await run.play();
    count = walk.end(run.events, end);
  }
  const { ways, shortest } = count;
  const trace = shortest && (await replay(options, shortest.choices));
  const wrong = count.broken[law] ?? 0;
  const { states, runs } = walk;
  return { ways, wrong, broken: named(count.broken), shortest: shortest?.events, states, runs, trace };
}

function named(broken: readonly number[]): Exploration["broken"] {
  const counts: Partial<Record<LawName, number>> = {};
  lawNames.forEach((name, law) => {
    if (broken[law]) counts[name] = broken[law];
  });
  return counts;
}

/** The trace of the order that these choices lead to. */
async function replay(options: ExploreOptions, choices: readonly number[]): Promise<readonly TraceEvent[]> {
  const left = [...choices];
  const run = new Run(options, ({ ways }) => (ways === 1 ? 0 : (left.shift() ?? 0)));
  await run.play();
  return run.sim.trace;
}

type Choose = (choice: Choice) => number | undefined;

/** A way at a choice point that is no event of the queue: a fault, or its end. */
interface InjectedFault {
  readonly label: string;
  run(): void;
}

/** One run through the story. It is its own event queue, and `choose` says which event comes next. */
class Run implements EventQueue {
  readonly sim: Simulation;
  /** How many events have happened. */
  events = 0;
  private readonly nodes: Nodes;
  private readonly president: President;
  private readonly options: ExploreOptions;
  private readonly choose: Choose;
  private pending: QueuedEvent[] = [];
  private isFaultLeft: boolean;
  private isKnown = false;
  /** The story is over, and the workers' jobs are closed. */
  private isClosing = false;

  constructor(options: ExploreOptions, choose: Choose) {
    const { stage, steps } = options;
    this.options = options;
    this.choose = choose;
    this.isFaultLeft = options.fault !== undefined;
    const mode = { eventQueue: this, exploring: true, chance: () => this.coin() };
    this.sim = new Simulation({ stage, steps, seed: 0, latencyMs: 1, delays: {}, mode });
    this.nodes = new Nodes(this.sim);
    this.president = new President(this.sim, commandsOf(options));
  }

  /** Plays the story to its end. Undefined when its future is known, or the story ended without its fault. */
  async play(): Promise<End | undefined> {
    const { sim, president } = this;
    sim.at(0, "start", () => {
      for (let node = 0; node < this.options.nodes; node++) this.nodes.start(node, 1);
      this.options.commands.forEach((_, index) => {
        const can = () => !sim.locks.isCommandWaiting;
        sim.later({ label: `command ${index}`, lane: "commands", can }, () => president.command(index));
      });
    });
    let open: string[] = [];
    const bound = await play(sim, BOUNDS, () => {
      open = sim.broker.open.map(({ id }) => id);
      this.isClosing = !this.isKnown && !this.isFaultLeft;
      return this.isClosing;
    });
    if (bound) throw new Error(`an interleaving has no end: ${bound}`);
    if (!this.isClosing) return undefined;
    const broken = judge({ sim, open, bound });
    return {
      text: `${sim.table.key()} ${JSON.stringify(broken)}`,
      broken: lawNames.map((name) => broken[name] !== undefined),
    };
  }

  add(event: QueuedEvent): void {
    this.pending.push(event);
  }

  drop(owner: object): void {
    this.pending = this.pending.filter((event) => !needs(event, owner));
  }

  peek(): undefined {
    return undefined;
  }

  next(): QueuedEvent | undefined {
    const ready = this.ready();
    const faults = this.faults(ready);
    const ways = ready.length + faults.length;
    if (ways === 0) return undefined;
    const label = (way: number): string => (ready[way] ?? faults[way - ready.length])?.label ?? "";
    const key = (): string => this.key();
    const { events, isClosing } = this;
    const way = isClosing ? 0 : this.choose({ ways, events, isCoin: false, label, key });
    if (way === undefined) {
      this.isKnown = true;
      return undefined;
    }
    this.events++;
    this.sim.now = this.events - 1;
    const event = ready[way];
    if (!event) {
      const { label, run } = faults[way - ready.length] as InjectedFault;
      return { at: 0, label, lane: label, to: undefined, owner: undefined, run };
    }
    this.pending.splice(this.pending.indexOf(event), 1);
    return event;
  }

  /** Select found a second case ready. */
  private coin(): number {
    const choice = { ways: 2, events: this.events, isCoin: true, label: () => "" };
    const side = this.isClosing ? 0 : this.choose(choice);
    // The process differs from now on, as far as one can know here.
    if (this.sim.current) this.sim.current.history += `coin ${side};`;
    return side === 0 ? 0.999 : 0;
  }

  /** The first event of each lane, if it can happen now and the process that it reaches is not paused. */
  private ready(): QueuedEvent[] {
    const lanes = new Set<string>();
    return this.pending.filter(({ lane, to, can }) => {
      const isFirst = !lanes.has(lane);
      lanes.add(lane);
      return isFirst && !to?.paused && (can?.() ?? true);
    });
  }

  private faults(ready: readonly QueuedEvent[]): InjectedFault[] {
    const asleep = this.nodes.current.find((process) => process.alive && process.paused);
    if (asleep) return endsOfPause(asleep);
    // A fault after the last event changes nothing.
    if (!this.isFaultLeft || ready.length === 0) return [];
    const once = (label: string, run: () => void): InjectedFault => ({
      label,
      run: () => {
        this.isFaultLeft = false;
        run();
      },
    });
    const living = this.nodes.current.filter(({ alive }) => alive);
    switch (this.options.fault) {
      case "crash":
        return living.map((process) => once(`crash ${process.name}`, () => this.crash(process)));
      case "pause":
        return living.map((process) => once(`pause ${process.name}`, () => pause(process)));
      case "duplicate":
        return this.sim.table.newest().length > 0
          ? [once("publish again", () => this.president.publish(0))]
          : [];
      case "lost-cancel":
        return ready
          .filter(({ label, to }) => to && label.startsWith("cancel "))
          .map((event) => once(`lose ${event.label}`, () => this.lose(event)));
      default:
        return [];
    }
  }

  private crash(process: Process): void {
    process.kill("killed");
    const node = this.nodes.current.indexOf(process);
    this.sim.later({ label: `restart ${process.node}` }, () => this.nodes.start(node, 1));
  }

  private lose(event: QueuedEvent): void {
    this.pending.splice(this.pending.indexOf(event), 1);
    event.to?.report({ type: "disconnected", reason: "its cancel queue is gone, and a cancel with it" });
  }

  /** Everything that can make a difference to the rest of the story, as text. */
  private key(): string {
    const processes = this.nodes.current.map(
      ({ name, alive, paused, ended, connection, outgoing, history }) =>
        `${name}${alive ? "" : ended}${paused ? "z" : ""}${connection?.name}${outgoing.key()}:${history}`,
    );
    // The sort is stable: it puts the lanes into one order and keeps the order within each lane.
    const pending = this.pending
      .map(({ lane, label }) => ({ lane, label }))
      .sort((a, b) => (a.lane < b.lane ? -1 : a.lane > b.lane ? 1 : 0))
      .map(({ label }) => label);
    const { table, locks, broker } = this.sim;
    const isAckedTwice = broker.deliveries.some(({ acks }) => acks > 1);
    return [
      table.key(),
      locks.key(),
      broker.key(),
      this.isFaultLeft,
      isAckedTwice,
      ...processes,
      ...pending,
    ].join("\n");
  }
}

/** How a pause goes on: the process resumes, or the broker gives up its connection first. */
function endsOfPause(process: Process): InjectedFault[] {
  const wake: InjectedFault = { label: `wake ${process.name}`, run: () => resume(process) };
  if (!process.connection) return [wake];
  return [wake, { label: `heartbeat ${process.name}`, run: () => process.disconnect() }];
}
