/**
 * A node's process: one worker on its chans, and one connection to the broker at a time.
 *
 * Invariant: after `kill` nothing reaches the worker any more and nothing it does has an effect: its routines block for ever.
 */
import { routineGroup } from "@shirts/chan/testing";
import type { Cancel, EventBody } from "@shirts/story";
import { CancelIntake } from "./cancel-intake.ts";
import { Connection } from "./connection.ts";
import { DRAIN_OVER } from "./ends.ts";
import type { QueuedEvent } from "./event-queue.ts";
import { JobIntake } from "./job-intake.ts";
import { OutgoingCancels } from "./outgoing-cancels.ts";
import type { Simulation } from "./simulation.ts";
import { toolsOf } from "./worker-tools.ts";

export class Process {
  readonly node: string;
  /** The node's name; after a restart n1 is n1.2. */
  readonly name: string;
  readonly paceMs: number;
  alive = true;
  /** These five are faults that come and go. */
  paused = false;
  slow = false;
  late = false;
  hasCancelQueue = true;
  losesAnswers = false;
  /** Its jobs are closed, so the worker may return. */
  closing = false;
  ended: "running" | "returned" | "panicked" | "killed" = "running";
  /** How many jobs the worker had taken and not settled when it returned. */
  leftBehind = 0;
  /** What it was given so far, in order. Two processes with the same history are in the same state. */
  history = "";
  /** What arrived while it was paused. */
  readonly held: QueuedEvent[] = [];
  /** Its routines. Those of a dead process stay blocked. */
  readonly routines = routineGroup();
  connection: Connection | undefined;
  /** The world that it met when it started. It works for no other. */
  readonly world: string;
  readonly intake: JobIntake;
  readonly hearing: CancelIntake;
  readonly outgoing: OutgoingCancels;
  private connections = 0;
  private timers = 0;
  private onEnd: (() => void) | undefined;
  private readonly sim: Simulation;

  constructor(sim: Simulation, node: string, incarnation: number, paceMs: number) {
    this.sim = sim;
    this.node = node;
    this.name = incarnation === 1 ? node : `${node}.${incarnation}`;
    this.paceMs = paceMs;
    this.world = sim.table.world;
    this.intake = new JobIntake(this);
    this.hearing = new CancelIntake(sim, this);
    this.outgoing = new OutgoingCancels(sim, this);
    sim.processes.push(this);
  }

  get neverReconnects(): boolean {
    return this.sim.stage.neverReconnects === true;
  }

  start(): void {
    if (!this.sim.outbox) this.connect();
    this.report({ type: "ready" });
    this.wake("start");
    this.sim.stage.worker(toolsOf(this.sim, this)).then(
      () => this.returned(),
      (error: unknown) => this.panic(error),
    );
  }

  private returned(): void {
    if (this.ended === "running") this.ended = "returned";
    if (!this.closing) this.kill("the worker ended by itself");
    this.leftBehind = this.intake.unfinished;
    if (this.intake.isStopping && this.alive) this.leave();
  }

  /** Closes the jobs at the end of a story: the worker ends with its last routine. */
  shutDown(): void {
    if (!this.alive || this.closing) return;
    this.closing = true;
    this.intake.close();
  }

  /** SIGTERM: no new jobs; the running ones may finish for `drainMs`, and then the process ends. */
  terminate(drainMs: number, onEnd: () => void): void {
    if (!this.alive || this.closing) return;
    this.report({ type: "told to end" });
    this.closing = true;
    this.intake.isStopping = true;
    this.onEnd = onEnd;
    if (this.connection) this.connection.stop(() => this.intake.end());
    else this.intake.end();
    // Not `to` this process: a paused one is ended by whoever waits for it.
    this.sim.later({ label: `drain ${this.name}`, owner: this, ms: [drainMs, drainMs] }, () =>
      this.kill(DRAIN_OVER),
    );
  }

  /** Its worker has drained: the process ends when its acks and cancels are out. */
  private leave(): void {
    this.alive = false;
    this.sim.mode.eventQueue.drop(this);
    this.connection?.close();
    this.end();
  }

  private end(): void {
    this.onEnd?.();
    this.onEnd = undefined;
  }

  connect(): void {
    this.connections++;
    const connection = new Connection(this.sim, this, `${this.name}/${this.connections}`);
    this.connection = connection;
    this.sim.broker.bind(connection);
    if (!this.intake.isStopping) connection.consume();
    if (this.connections === 1) return;
    this.outgoing.sendAgain(connection);
    this.catchUp();
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
    this.outgoing.cut();
    this.intake.lost();
  }

  /** The connection is cut, and the process notices. */
  cut(): void {
    if (!this.connection) return;
    this.disconnect();
    this.report({ type: "disconnected", reason: "the connection was cut" });
    if (this.neverReconnects) this.intake.close();
  }

  reconnect(): void {
    if (!this.connection && !this.paused) this.connectAgain();
  }

  /** Does nothing while the broker is down; the broker's restart calls again. */
  connectAgain(): void {
    if (this.sim.outbox || this.neverReconnects) return;
    this.connect();
    this.report({ type: "reconnected" });
  }

  /** Connects again after a moment, when the process notices that its connection is gone. */
  reconnectSoon(): void {
    this.sim.later({ label: `${this.name} reconnects`, to: this }, () => {
      if (!this.connection) this.connectAgain();
    });
  }

  /** Asks the table for the newest revisions and takes them as cancels: some may have been lost meanwhile. */
  catchUp(): void {
    const { connection } = this;
    if (!connection || !this.sim.stage.catchUp) return;
    const label = `revisions ${connection.name}`;
    this.sim.later({ label, to: this, owner: connection }, () => {
      this.wake(label);
      this.hearing.catchUp(this.sim.table.newest());
    });
  }

  /** After a pause, the events that waited happen within a moment: in order within a lane, in any order across lanes. */
  release(): void {
    for (const event of this.held.splice(0)) {
      const at = this.sim.now + this.sim.delay(`${event.label} held`, 0, 2);
      this.sim.mode.eventQueue.add({ ...event, at });
    }
  }

  report(body: EventBody): void {
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
    this.end();
    this.sim.onKilled?.(this, reason);
  }

  /** A panic in one routine ends the whole process, as in Go. */
  panic(error: unknown): void {
    if (!this.alive) return;
    this.ended = "panicked";
    this.kill(error instanceof Error ? error.message : String(error));
  }

  /** A name for one of the worker's own timers. */
  timerLabel(): string {
    this.timers++;
    return `timer ${this.name} ${this.timers}`;
  }

  /** Something reaches the worker: from here on this process's routines run, until all are blocked. */
  wake(label: string): void {
    if (this.sim.mode.exploring) this.history += `${label};`;
    this.sim.woken = true;
    this.sim.current = this;
    this.routines.enter();
  }

  /** The worker sends a cancel, because it begins a job. */
  broadcast(cancel: Cancel): void {
    if (!this.alive) return;
    this.hearing.beginJob(cancel);
    const named = { ...cancel, world: this.world };
    this.report({ type: "cancel sent", cancel: named });
    this.outgoing.send(named);
  }
}
