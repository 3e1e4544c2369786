/** One run of an exploration: it plays the story, and asks at every choice point which way to go. */
import type { Choice, End } from "./choice-points.ts";
import { type EventQueue, needs, type QueuedEvent } from "./event-queue.ts";
import type { ExploreOptions } from "./explore.ts";
import { pause, resume } from "./faults.ts";
import { type Broken, judge, lawNames } from "./laws.ts";
import { Nodes } from "./nodes.ts";
import { BOUNDS, play } from "./play.ts";
import { President } from "./president.ts";
import type { Process } from "./process.ts";
import { Simulation } from "./simulation.ts";

type Choose = (choice: Choice) => number | undefined;

/** A way at a choice point that is no event of the queue: a fault, or its end. */
interface InjectedFault {
  readonly label: string;
  run(): void;
}

/** It is its own event queue, and `choose` says which event comes next. */
export class ExploredRun implements EventQueue {
  readonly sim: Simulation;
  /** How many events have happened. */
  events = 0;
  /** The laws that were broken, at the end of the story. */
  broken: Broken = {};
  private readonly nodes: Nodes;
  private readonly president: President;
  private readonly options: ExploreOptions;
  private readonly choose: Choose;
  private pending: QueuedEvent[] = [];
  private isLeft: boolean;
  /** `choose` gave no way, so the run ends here. */
  private isKnown = false;
  /** The story is over, and the workers' jobs are closed. */
  private isClosing = false;

  constructor(options: ExploreOptions, choose: Choose) {
    const { stage, steps } = options;
    this.options = options;
    this.choose = choose;
    this.isLeft = options.fault !== undefined;
    const mode = { eventQueue: this, exploring: true, chance: () => this.coin() };
    this.sim = new Simulation({ stage, steps, seed: 0, latencyMs: 1, delays: {}, mode });
    this.nodes = new Nodes(this.sim);
    this.president = new President(this.sim, options.commands);
  }

  /** The story has a fault, and it has not happened. */
  get isFaultLeft(): boolean {
    return this.isLeft;
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
    // A law of one's own may look at the way to a state, and equal states are walked once.
    this.broken = judge({ sim, open, bound }, false);
    return {
      text: `${sim.table.key()} ${JSON.stringify(this.broken)}`,
      broken: lawNames.map((name) => this.broken[name] !== undefined),
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
    if (this.isKnown) return undefined;
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

  /** Select found a second case ready. The first outcome keeps the case before it, the second takes the later one. */
  private coin(): number {
    const by = this.sim.current?.name ?? "";
    const choice = { ways: 2, events: this.events, isCoin: true, label: () => "", by };
    const side = this.isClosing || this.isKnown ? 0 : this.choose(choice);
    if (side === undefined) this.isKnown = true;
    // The process differs from now on, as far as one can know here.
    if (this.sim.current) this.sim.current.history += `coin ${side};`;
    return side === 1 ? 0 : 0.999;
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
        this.isLeft = false;
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
