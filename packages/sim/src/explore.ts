/**
 * Every interleaving of a small story. There is no clock: each event that could come next is tried as the next one. Messages
 * from the broker, steps and paints come in any order; what is published, acked or broadcast reaches the broker at once.
 *
 * A fault is one more way at every choice point, until it is injected. A story without its fault does not count.
 */
import type { TraceEvent } from "@shirts/story";
import { type Count, Walk } from "./choice-points.ts";
import { type EventQueue, needs, type QueuedEvent } from "./event-queue.ts";
import { pause, resume } from "./faults.ts";
import { laws } from "./laws.ts";
import { Nodes } from "./nodes.ts";
import type { Story } from "./plan.ts";
import { BOUNDS, play } from "./play.ts";
import { President } from "./president.ts";
import type { Process } from "./process.ts";
import { Simulation } from "./simulation.ts";
import type { Stage } from "./stages.ts";

/** Faults that can be injected at every place of a story. */
export const explorableFaults = ["lost-cancel", "crash", "pause", "duplicate"] as const;
export type ExplorableFault = (typeof explorableFaults)[number];

export interface Exploration extends Count {
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
  /** Walks equal states once. Without it the counts are the same, and take longer. Default true. */
  readonly merging?: boolean;
}

/** Walks all ways. Throws RangeError when there are too many to count, Error when a run hits a bound. */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const walk = new Walk(options.merging ?? true);
  let count: Count | undefined;
  while (!count) {
    const run = new Run(options, (ways, events, key) => walk.choose(ways, events, key));
    const end = await run.play();
    count = walk.end(run.events, end);
  }
  const trace = count.shortest && (await replay(options, count.shortest.choices));
  return { ...count, states: walk.states, runs: walk.runs, trace };
}

/** The trace of the interleaving that these choices lead to. */
async function replay(options: ExploreOptions, choices: readonly number[]): Promise<readonly TraceEvent[]> {
  const left = [...choices];
  const run = new Run(options, (ways) => (ways === 1 ? 0 : (left.shift() ?? 0)));
  await run.play();
  return run.sim.trace;
}

type Choose = (ways: number, events: number, key?: () => string) => number | undefined;

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

  constructor(options: ExploreOptions, choose: Choose) {
    const { stage, steps } = options;
    this.options = options;
    this.choose = choose;
    this.isFaultLeft = options.fault !== undefined;
    const chance = () => (this.choose(2, this.events) === 0 ? 0.999 : 0);
    const mode = { eventQueue: this, exploring: true, chance };
    this.sim = new Simulation({ stage, steps, seed: 0, latencyMs: 1, delays: {}, mode });
    this.nodes = new Nodes(this.sim);
    this.president = new President(this.sim, options.commands);
  }

  async play(): Promise<"right" | "wrong" | "no story"> {
    const { sim, president } = this;
    sim.at(0, "start", () => {
      for (let node = 0; node < this.options.nodes; node++) this.nodes.start(node, 1);
      this.options.commands.forEach((_, index) => {
        sim.later({ label: `command ${index}`, lane: "commands" }, () => president.command(index));
      });
    });
    const bound = await play(sim, BOUNDS, undefined);
    if (bound) throw new Error(`an interleaving has no end: ${bound}`);
    if (this.isKnown || this.isFaultLeft) return "no story";
    return laws["last command wins"]({ sim, open: [], bound }) ? "wrong" : "right";
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
    const way = this.choose(ways, this.events, () => this.key());
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

  /** The first event of each lane, unless the process that it reaches is paused. */
  private ready(): QueuedEvent[] {
    const lanes = new Set<string>();
    return this.pending.filter(({ lane, to }) => {
      const isFirst = !lanes.has(lane);
      lanes.add(lane);
      return isFirst && !to?.paused;
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
      ({ name, alive, paused, connection, outgoing, history }) =>
        `${name}${alive ? "" : "†"}${paused ? "z" : ""}${connection?.name}${outgoing.key()}:${history}`,
    );
    // The sort is stable: it puts the lanes into one order and keeps the order within each lane.
    const pending = this.pending
      .map(({ lane, label }) => ({ lane, label }))
      .sort((a, b) => (a.lane < b.lane ? -1 : a.lane > b.lane ? 1 : 0))
      .map(({ label }) => label);
    const { table, broker } = this.sim;
    return [table.key(), broker.key(), this.isFaultLeft, ...processes, ...pending].join("\n");
  }
}

/** How a pause goes on: the process resumes, or the broker gives up its connection first. */
function endsOfPause(process: Process): InjectedFault[] {
  const wake: InjectedFault = { label: `wake ${process.name}`, run: () => resume(process) };
  if (!process.connection) return [wake];
  return [wake, { label: `heartbeat ${process.name}`, run: () => process.disconnect() }];
}
