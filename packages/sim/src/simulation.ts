/**
 * The simulated house: virtual time, the agenda, the broker, the table, and who is reporting.
 *
 * Invariants:
 * 1. Time moves only when every routine is blocked; then exactly one event happens (or several that one process reads
 *    in one go), and everything runs until it blocks again.
 * 2. Nothing in here is chance but `choose` and `delay`, and both depend on the seed and on names alone.
 */
import type { Command, Happening, TraceEvent } from "@shirts/story";
import type { Agenda } from "./agenda.ts";
import { Broker } from "./broker.ts";
import type { Process } from "./process.ts";
import { draw } from "./random.ts";
import type { Stage } from "./stages.ts";
import { Table } from "./table.ts";

/** The way of a message: how long it takes, and whether it may be thought of as taking no time at all. */
export interface Way {
  readonly label: string;
  /** What it must not overtake; a lane of its own when missing. */
  readonly lane?: string;
  /** The process that it reaches. */
  readonly to?: Process;
  /** What else must still be there when it arrives. */
  readonly owner?: object;
  /** Milliseconds: from, to. Missing: the network's. */
  readonly ms?: readonly [number, number];
  /** When all interleavings are counted this happens at once: its place among the others changes nothing that matters. */
  readonly prompt?: boolean;
}

/** What differs between playing one story by the clock and exploring all of them. */
export interface Mode {
  readonly agenda: Agenda;
  /** All interleavings: prompt ways take no time. */
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
  readonly broker = new Broker();
  readonly trace: TraceEvent[] = [];
  /** The delays that were drawn, by name: what a shrinker may shorten. */
  readonly drawn: Record<string, number> = {};
  /** All processes that ever lived, in the order of their start. */
  readonly processes: Process[] = [];
  now = 0;
  /** The process whose routines run now: whoever panics, it is this one. */
  current: Process | undefined;
  /** True when an event may have woken a routine. */
  woken = false;
  /** While the broker is down, what the president publishes waits here. */
  outbox: (() => void)[] | undefined;
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

  report(node: string, happening: Happening): void {
    this.trace.push({ at: this.now, node, ...happening } as TraceEvent);
  }

  /** Puts an event on the agenda, a drawn delay from now. */
  later({ label, lane = label, to, owner, ms, prompt }: Way, run: () => void): void {
    const { agenda, exploring } = this.mode;
    if (!exploring) {
      const [from, until] = ms ?? [1, this.latencyMs];
      agenda.add({ at: this.now + this.delay(label, from, until), label, lane, to, owner, run });
    } else if (prompt && !to?.paused) run();
    else agenda.add({ at: 0, label, lane, to, owner, run });
  }

  /** Puts an event on the agenda at a fixed time. */
  at(atMs: number, label: string, run: () => void): void {
    this.mode.agenda.add({ at: atMs, label, lane: label, to: undefined, owner: undefined, run });
  }

  /** The president publishes: at once, or when the broker is up again. */
  publish(id: string, command: Command): void {
    if (this.outbox && this.stage.forgetful) return;
    if (this.outbox) this.outbox.push(() => this.broker.publish(id, command));
    else this.broker.publish(id, command);
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
