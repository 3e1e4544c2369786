/**
 * The simulation: virtual time, the event queue, the broker, the table, the processes, and the trace that they report.
 *
 * Invariants:
 * 1. Time moves only when every routine is blocked. Then one event happens (or several that one process reads at once), and
 *    every routine runs until it blocks again.
 * 2. Chance comes in through `chance` and `delay` only, and both depend on the seed and on names alone.
 */
import type { EventBody, TraceEvent } from "@shirts/story";
import { Broker } from "./broker.ts";
import type { EventQueue } from "./event-queue.ts";
import { Locks } from "./locks.ts";
import type { Process } from "./process.ts";
import { draw } from "./random.ts";
import type { Stage } from "./stages.ts";
import { Table } from "./table.ts";

/** The way of a message to its receiver. */
export interface Way {
  readonly label: string;
  /** Messages of one lane do not overtake each other. Missing: a lane of its own. */
  readonly lane?: string;
  /** The process that it reaches. */
  readonly to?: Process;
  /** What else it needs in order to arrive: a connection. */
  readonly owner?: object;
  /** Virtual milliseconds: from, to. Missing: the network's. */
  readonly ms?: readonly [number, number];
  /** It arrives at once when all interleavings are counted, because its place among the other events makes no difference. */
  readonly prompt?: boolean;
  /** See QueuedEvent. */
  readonly can?: () => boolean;
}

/** What differs between playing one story by the clock and exploring every interleaving. */
export interface Mode {
  readonly eventQueue: EventQueue;
  /** Every interleaving: prompt ways take no time. */
  readonly exploring: boolean;
  /** A number in [0, 1) for a select with several ready cases. */
  chance(sim: Simulation): number;
}

export interface SimulationOptions {
  readonly stage: Stage;
  readonly steps: number;
  readonly seed: number;
  readonly latencyMs: number;
  readonly delays: Readonly<Record<string, number>>;
  readonly mode: Mode;
}

export class Simulation {
  readonly stage: Stage;
  readonly steps: number;
  readonly seed: number;
  readonly mode: Mode;
  readonly table: Table;
  readonly locks = new Locks();
  readonly broker = new Broker();
  readonly trace: TraceEvent[] = [];
  /** The delays that were drawn, by name. A shrinker may shorten them. */
  readonly drawn: Record<string, number> = {};
  /** All processes, also the dead ones, in the order of their start. */
  readonly processes: Process[] = [];
  now = 0;
  /** The process whose routines run now; a panic is a panic of this one. */
  current: Process | undefined;
  /** True when the last event may have woken a routine. */
  woken = false;
  /** While the broker is down, the president's messages wait here. */
  outbox: (() => void)[] | undefined;
  /** Called when a process was killed, with the reason. */
  onKilled: ((process: Process, reason: string) => void) | undefined;
  /** Told of each event of the trace as it happens. */
  onReport: ((event: TraceEvent) => void) | undefined;
  readonly latencyMs: number;
  private readonly delays: Readonly<Record<string, number>>;

  constructor({ stage, steps, seed, latencyMs, delays, mode }: SimulationOptions) {
    this.stage = stage;
    this.steps = steps;
    this.seed = seed;
    this.latencyMs = latencyMs;
    this.delays = delays;
    this.mode = mode;
    this.table = new Table(steps);
  }

  report(node: string, body: EventBody): void {
    const event = { at: this.now, node, ...body } as TraceEvent;
    this.trace.push(event);
    this.onReport?.(event);
  }

  /** Queues an event after a drawn delay. */
  later({ label, lane = label, to, owner, ms, prompt, can }: Way, run: () => void): void {
    const { eventQueue, exploring } = this.mode;
    if (!exploring) {
      const [from, until] = ms ?? [1, this.latencyMs];
      eventQueue.add({ at: this.now + this.delay(label, from, until), label, lane, to, owner, run });
    } else if (prompt && !to?.paused) run();
    else eventQueue.add({ at: 0, label, lane, to, owner, run, can });
  }

  /** Queues an event at a fixed time. */
  at(atMs: number, label: string, run: () => void): void {
    this.mode.eventQueue.add({ at: atMs, label, lane: label, to: undefined, owner: undefined, run });
  }

  /** Sends a message of the president: over one lane, and again when the broker is down as it arrives. */
  presidentSends(label: string, arrive: () => void): void {
    this.later({ label, lane: "president", prompt: true }, () => {
      if (!this.outbox) arrive();
      else if (!this.stage.forgetful) this.outbox.push(() => this.presidentSends(`${label} again`, arrive));
    });
  }

  chance(): number {
    return this.mode.chance(this);
  }

  delay(label: string, from: number, to: number): number {
    const ms = this.delays[label] ?? draw(this.seed, label, from, to);
    this.drawn[label] = ms;
    return ms;
  }
}
