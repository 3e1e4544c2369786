/**
 * Every interleaving of a small story: no clock, each event that could come next does. The ways of messages from the broker,
 * the steps and the paints of all nodes come in any order; what is published, acked or broadcast reaches the broker at once.
 *
 * A fault is one more way at every crossroads, until it has been taken; a story without its fault does not count.
 */
import type { TraceEvent } from "@shirts/story";
import { type Agenda, type Due, needs } from "./agenda.ts";
import { type Count, Walk } from "./crossroads.ts";
import { Nodes, pause, resume } from "./faults.ts";
import { laws } from "./laws.ts";
import type { Story } from "./plan.ts";
import { BOUNDS, play } from "./play.ts";
import type { Process } from "./process.ts";
import { commandsOf, President } from "./run.ts";
import { Simulation } from "./simulation.ts";
import type { Stage } from "./stages.ts";

/** Faults that can be put into every interleaving. */
export const explorableFaults = ["lost-cancel", "crash", "pause", "duplicate"] as const;
export type ExplorableFault = (typeof explorableFaults)[number];

export interface Exploration extends Count {
  readonly states: number;
  readonly runs: number;
  /** The trace of the shortest wrong one; its times are event numbers. */
  readonly trace: readonly TraceEvent[] | undefined;
}

export interface ExploreOptions {
  readonly stage: Stage;
  readonly nodes: number;
  readonly steps: number;
  readonly commands: Story["commands"];
  readonly fault?: ExplorableFault | undefined;
  /** Counts equal states once; the counts are the same without, only slower. Default true. */
  readonly merging?: boolean;
}

/** Walks all ways. Throws RangeError when there are too many to count, Error when a run hits a bound. */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const walk = new Walk(options.merging ?? true);
  let count: Count | undefined;
  while (!count) {
    const tour = new Tour(options, (ways, events, key) => walk.choose(ways, events, key));
    const end = await tour.play();
    count = walk.end(tour.events, end);
  }
  const trace = count.shortest && (await replay(options, count.shortest.choices));
  return { ...count, states: walk.states, runs: walk.runs, trace };
}

/** The trace of one interleaving: what to choose at each crossroads. */
async function replay(options: ExploreOptions, choices: readonly number[]): Promise<readonly TraceEvent[]> {
  const left = [...choices];
  const tour = new Tour(options, (ways) => (ways === 1 ? 0 : (left.shift() ?? 0)));
  await tour.play();
  return tour.sim.trace;
}

type Choose = (ways: number, events: number, key?: () => string) => number | undefined;

/** A way that a fault opens. */
interface Detour {
  readonly label: string;
  run(): void;
}

/** One run through the story. It is its own agenda: what comes next is what `choose` says. */
class Tour implements Agenda {
  readonly sim: Simulation;
  /** How many events have happened. */
  events = 0;
  private readonly nodes: Nodes;
  private readonly president: President;
  private readonly options: ExploreOptions;
  private readonly choose: Choose;
  private pending: Due[] = [];
  private isFaultLeft: boolean;
  private isKnown = false;

  constructor(options: ExploreOptions, choose: Choose) {
    const { stage, steps } = options;
    this.options = options;
    this.choose = choose;
    this.isFaultLeft = options.fault !== undefined;
    const chance = () => (this.choose(2, this.events) === 0 ? 0.999 : 0);
    const mode = { agenda: this, exploring: true, chance };
    this.sim = new Simulation({ stage, steps, seed: 0, latencyMs: 1, delays: {}, mode });
    this.nodes = new Nodes(this.sim);
    this.president = new President(this.sim, commandsOf(options));
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

  add(due: Due): void {
    this.pending.push(due);
  }

  drop(owner: object): void {
    this.pending = this.pending.filter((due) => !needs(due, owner));
  }

  peek(): undefined {
    return undefined;
  }

  next(): Due | undefined {
    const ready = this.ready();
    const detours = this.detours(ready);
    const ways = ready.length + detours.length;
    if (ways === 0) return undefined;
    const way = this.choose(ways, this.events, () => this.key());
    if (way === undefined) {
      this.isKnown = true;
      return undefined;
    }
    this.events++;
    this.sim.now = this.events - 1;
    const due = ready[way];
    if (!due) {
      const { label, run } = detours[way - ready.length] as Detour;
      return { at: 0, label, lane: label, to: undefined, owner: undefined, run };
    }
    this.pending.splice(this.pending.indexOf(due), 1);
    return due;
  }

  /** The first event of each lane, if whom it reaches is awake. */
  private ready(): Due[] {
    const lanes = new Set<string>();
    return this.pending.filter(({ lane, to }) => {
      const isFirst = !lanes.has(lane);
      lanes.add(lane);
      return isFirst && !to?.paused;
    });
  }

  private detours(ready: readonly Due[]): Detour[] {
    const asleep = this.nodes.current.find((process) => process.alive && process.paused);
    if (asleep) return wakings(asleep);
    // A fault after everything else has happened is no fault.
    if (!this.isFaultLeft || ready.length === 0) return [];
    const once = (label: string, run: () => void): Detour => ({
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
          .map((due) => once(`lose ${due.label}`, () => this.lose(due)));
      default:
        return [];
    }
  }

  private crash(process: Process): void {
    process.kill("killed");
    const node = this.nodes.current.indexOf(process);
    this.sim.later({ label: `restart ${process.node}` }, () => this.nodes.start(node, 1));
  }

  private lose(due: Due): void {
    this.pending.splice(this.pending.indexOf(due), 1);
    due.to?.report({ type: "disconnected", reason: "its cancel queue is gone, and a cancel with it" });
  }

  /** Everything that can make a difference to the rest of the story, as text. */
  private key(): string {
    const processes = this.nodes.current.map(
      ({ name, alive, paused, connection, history }) =>
        `${name}${alive ? "" : "†"}${paused ? "z" : ""}${connection?.name}:${history}`,
    );
    // Lanes in any order, but each lane in its own: a stable sort.
    const pending = this.pending
      .map(({ lane, label }) => ({ lane, label }))
      .sort((a, b) => (a.lane < b.lane ? -1 : a.lane > b.lane ? 1 : 0))
      .map(({ label }) => label);
    const { table, broker } = this.sim;
    return [table.key(), broker.key(), this.isFaultLeft, ...processes, ...pending].join("\n");
  }
}

/** What can happen to a paused process from outside. */
function wakings(process: Process): Detour[] {
  const wake: Detour = { label: `wake ${process.name}`, run: () => resume(process) };
  if (!process.connection) return [wake];
  return [wake, { label: `heartbeat ${process.name}`, run: () => process.disconnect() }];
}
