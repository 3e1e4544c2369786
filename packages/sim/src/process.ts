/**
 * A node's process: one worker on its chans, and one connection to the broker at a time.
 *
 * Invariants:
 * 1. After `kill` nothing reaches the worker any more and nothing it does has an effect: its routines block for ever.
 * 2. A job belongs to the connection that brought it; an ack for a job of an older connection goes nowhere.
 */
import { type Chan, chan } from "@shirts/chan";
import { routineGroup } from "@shirts/chan/testing";
import type { Cancel, Command, Happening, Job } from "@shirts/story";
import type { Delivery } from "./broker.ts";
import { Connection } from "./connection.ts";
import type { QueuedEvent } from "./event-queue.ts";
import { SLOW_FACTOR } from "./plan.ts";
import type { Simulation } from "./simulation.ts";
import type { WorkerTools } from "./stages.ts";

/** More than any story holds: a push never waits. */
const ROOM = 4096;

export class Process {
  readonly node: string;
  /** The node's name; after a restart n1 is n1.2. */
  readonly name: string;
  readonly paceMs: number;
  alive = true;
  paused = false;
  /** Its steps are slow, its messages late, its cancels lost: faults that come and go. */
  slow = false;
  late = false;
  hasCancelQueue = true;
  /** It was told to end; the worker may return now. */
  closing = false;
  ended: "running" | "returned" | "panicked" | "killed" = "running";
  /** What it was given so far, in order. Two runs with the same history have the same process. */
  history = "";
  /** What arrived while it was paused. */
  readonly held: QueuedEvent[] = [];
  /** Its routines; those of a dead process stay where they are. */
  readonly routines = routineGroup();
  private isOutOfJobs = false;
  private taken = 0;
  private acked = 0;
  connection: Connection | undefined;
  private readonly sim: Simulation;
  private readonly jobs: Chan<Job> = chan(ROOM);
  private readonly cancels: Chan<Cancel> = chan(ROOM);
  private readonly counts = { pace: 0, sql: 0, cancel: 0, connection: 0, timer: 0 };

  constructor(sim: Simulation, node: string, incarnation: number, paceMs: number) {
    this.sim = sim;
    this.node = node;
    this.name = incarnation === 1 ? node : `${node}.${incarnation}`;
    this.paceMs = paceMs;
    sim.processes.push(this);
  }

  get neverReconnects(): boolean {
    return this.sim.stage.neverReconnects === true;
  }

  /** Jobs that the worker took and never acked. */
  get unfinished(): number {
    return this.taken - this.jobs.len - this.acked;
  }

  start(): void {
    if (!this.sim.outbox) this.connect();
    this.report({ type: "ready" });
    this.wake("start");
    this.sim.stage.worker(this.tools()).then(
      () => {
        if (this.ended === "running") this.ended = "returned";
        if (!this.closing) this.kill("the worker ended by itself");
      },
      (error: unknown) => this.panic(error),
    );
  }

  /** Takes no new jobs: the worker ends with its last routine. */
  shutDown(): void {
    if (!this.alive || this.closing) return;
    this.closing = true;
    this.closeJobs();
  }

  /** The end of the jobs, and the worker hears of it. */
  closeJobs(): void {
    if (this.isOutOfJobs) return;
    this.isOutOfJobs = true;
    this.wake("no more jobs");
    this.jobs.close();
  }

  connect(): void {
    this.counts.connection++;
    const name = `${this.name}/${this.counts.connection}`;
    const connection = new Connection(this.sim, this, name);
    this.connection = connection;
    this.sim.broker.bind(connection);
    this.sim.broker.consume(connection);
    if (this.counts.connection > 1) this.catchUp();
  }

  /** The broker sees that the connection is gone. */
  disconnect(): void {
    const { connection } = this;
    if (!connection) return;
    this.connection = undefined;
    connection.open = false;
    this.sim.mode.eventQueue.drop(connection);
    this.sim.broker.unbind(connection);
    this.sim.broker.leave(connection);
  }

  /** While the broker is down there is nobody to connect to; its restart calls again. */
  connectAgain(): void {
    if (this.sim.outbox || this.sim.stage.neverReconnects) return;
    this.connect();
    this.report({ type: "reconnected" });
  }

  /** It notices after a moment that its connection is gone. */
  reconnectSoon(): void {
    this.sim.later({ label: `${this.name} reconnects`, to: this }, () => {
      if (!this.connection) this.connectAgain();
    });
  }

  /** After a pause: everything that waited comes now, in its lanes' order and else in any. */
  release(): void {
    for (const event of this.held.splice(0)) {
      const at = this.sim.now + this.sim.delay(`${event.label} held`, 0, 2);
      this.sim.mode.eventQueue.add({ ...event, at });
    }
  }

  report(body: Happening): void {
    this.sim.report(this.node, body);
  }

  kill(reason: string): void {
    if (!this.alive) return;
    this.alive = false;
    if (this.ended === "running") this.ended = "killed";
    this.report({ type: "crashed", reason });
    this.sim.mode.eventQueue.drop(this);
    this.held.length = 0;
    this.disconnect();
  }

  /** Go ends the whole process when one routine panics. */
  panic(error: unknown): void {
    if (!this.alive) return;
    this.ended = "panicked";
    this.kill(error instanceof Error ? error.message : String(error));
  }

  /** Asks the table for the newest revisions and hears them as cancels: what was missed while nobody listened. */
  catchUp(): void {
    const { connection } = this;
    if (!connection || !this.sim.stage.catchUp) return;
    const label = `revisions ${connection.name}`;
    this.sim.later({ label, to: this, owner: connection }, () => {
      this.wake(label);
      for (const { area, revision } of this.sim.table.newest())
        this.cancels.trySend({ area, revision, consumerId: "the table" });
    });
  }

  /** A name for a timer of the worker's own. */
  timerLabel(): string {
    this.counts.timer++;
    return `timer ${this.name} ${this.counts.timer}`;
  }

  /** Lets the worker have something; from here until all are blocked, its routines run. */
  wake(label: string): void {
    if (this.sim.mode.exploring) this.history += `${label};`;
    this.sim.woken = true;
    this.sim.current = this;
    this.routines.enter();
  }

  private tools(): WorkerTools {
    return {
      jobs: this.jobs,
      cancels: this.cancels,
      consumerId: this.name,
      steps: this.sim.steps,
      pace: () => this.pace(),
      // A worker of v1 to v3 takes this as a promise of nothing, one of v4 as the answer of the fence.
      paint: (command, step) => this.paint(command, step) as Promise<never>,
      resume: (command) => this.resume(command),
      broadcast: (cancel) => this.broadcast(cancel),
      report: (body) => {
        if (this.alive) this.sim.report(this.node, body);
      },
    };
  }

  private pace(): Chan<undefined> {
    const over = chan<undefined>(1);
    this.counts.pace++;
    const label = `pace ${this.name} ${this.counts.pace}`;
    const paceMs = this.paceMs * (this.slow ? SLOW_FACTOR : 1);
    const from = Math.max(1, Math.ceil(paceMs * 0.75));
    if (this.alive)
      this.sim.later({ label, to: this, ms: [from, Math.floor(paceMs * 1.25)] }, () => {
        this.wake(label);
        over.trySend(undefined);
      });
    return over;
  }

  private paint(command: Command, step: number): Promise<boolean> {
    const fenced = this.sim.stage.fenced === true;
    return this.query(`paint c${command.revision} ${step}`, false, () => {
      const { table } = this.sim;
      const stale = table.isStale(command);
      const painted = table.paint(command, step, fenced);
      this.sim.report(
        this.node,
        painted ? { type: "painted", command, step, stale } : { type: "refused", command, step },
      );
      return painted;
    });
  }

  private resume(command: Command): Promise<number> {
    return this.query("resume", true, () => this.sim.table.resume(command));
  }

  /** A question to the table: it is answered at one instant, and the answer takes its way back. */
  private query<T>(what: string, prompt: boolean, answer: () => T): Promise<T> {
    this.counts.sql++;
    const label = `${this.name} sql ${this.counts.sql} ${what}`;
    return new Promise((resolve) => {
      if (!this.alive) return;
      // A question on its way is not stopped by the death of who asked it.
      this.sim.later({ label, prompt }, () => {
        const value = answer();
        if (!this.alive) return;
        this.sim.later({ label: `${label} answer`, to: this, prompt: true }, () => {
          this.wake(`${label}=${value}`);
          resolve(value);
        });
      });
    });
  }

  private broadcast(cancel: Cancel): void {
    if (!this.alive) return;
    this.report({ type: "cancel sent", cancel });
    if (this.connection) {
      this.counts.cancel++;
      this.connection.broadcast(cancel, `${this.name}!${this.counts.cancel}`);
    } else this.report({ type: "cancel lost", cancel, reason: "the sender has no connection" });
  }

  /** A cancel has arrived. */
  hear(cancel: Cancel): void {
    this.report({ type: "cancel received", cancel });
    this.cancels.trySend(cancel);
  }

  /** A job has arrived, over a connection that may be gone by now. */
  take(connection: Connection, delivery: Delivery): void {
    const { redelivered } = delivery;
    const { command } = delivery.message;
    this.report({ type: "delivered", command, redelivered });
    this.taken++;
    this.jobs.trySend({ command, redelivered, ack: () => this.ack(connection, delivery) });
  }

  private ack(connection: Connection, delivery: Delivery): void {
    if (!this.alive) return;
    delivery.acks++;
    if (delivery.acks > 1) return;
    this.acked++;
    this.report({ type: "acked", command: delivery.message.command });
    connection.ack(delivery);
  }
}
