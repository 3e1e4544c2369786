/**
 * A node's process: one worker on its chans, and one connection to the broker at a time.
 *
 * Invariants:
 * 1. After `kill` nothing reaches the worker any more and nothing it does has an effect: its routines block for ever.
 * 2. A job belongs to the connection that brought it. An ack for a job of an older connection goes nowhere.
 */
import { type Chan, chan } from "@shirts/chan";
import { routineGroup } from "@shirts/chan/testing";
import type { Cancel, EventBody, Job } from "@shirts/story";
import type { Delivery } from "./broker.ts";
import { Connection } from "./connection.ts";
import type { QueuedEvent } from "./event-queue.ts";
import { OutgoingCancels } from "./outgoing-cancels.ts";
import type { Simulation } from "./simulation.ts";
import { toolsOf } from "./worker-tools.ts";

/** More than any story holds, so a push never waits. */
const ROOM = 4096;

export class Process {
  readonly node: string;
  /** The node's name; after a restart n1 is n1.2. */
  readonly name: string;
  readonly paceMs: number;
  alive = true;
  /** These four are faults that come and go. */
  paused = false;
  slow = false;
  late = false;
  hasCancelQueue = true;
  /** Its jobs are closed, so the worker may return. */
  closing = false;
  ended: "running" | "returned" | "panicked" | "killed" = "running";
  /** What it was given so far, in order. Two processes with the same history are in the same state. */
  history = "";
  /** What arrived while it was paused. */
  readonly held: QueuedEvent[] = [];
  /** Its routines. Those of a dead process stay blocked. */
  readonly routines = routineGroup();
  connection: Connection | undefined;
  readonly outgoing: OutgoingCancels;
  private isOutOfJobs = false;
  private taken = 0;
  private acked = 0;
  private connections = 0;
  private timers = 0;
  private readonly sim: Simulation;
  private readonly jobs: Chan<Job> = chan(ROOM);
  private readonly cancels: Chan<Cancel> = chan(ROOM);

  constructor(sim: Simulation, node: string, incarnation: number, paceMs: number) {
    this.sim = sim;
    this.node = node;
    this.name = incarnation === 1 ? node : `${node}.${incarnation}`;
    this.paceMs = paceMs;
    this.outgoing = new OutgoingCancels(sim, this);
    sim.processes.push(this);
  }

  get neverReconnects(): boolean {
    return this.sim.stage.neverReconnects === true;
  }

  /** How many jobs the worker took and never acked. */
  get unfinished(): number {
    return this.taken - this.jobs.len - this.acked;
  }

  start(): void {
    if (!this.sim.outbox) this.connect();
    this.report({ type: "ready" });
    this.wake("start");
    this.sim.stage.worker(toolsOf(this.sim, this, this.jobs, this.cancels)).then(
      () => {
        if (this.ended === "running") this.ended = "returned";
        if (!this.closing) this.kill("the worker ended by itself");
      },
      (error: unknown) => this.panic(error),
    );
  }

  /** Closes the jobs at the end of a story: the worker ends with its last routine. */
  shutDown(): void {
    if (!this.alive || this.closing) return;
    this.closing = true;
    this.closeJobs();
  }

  closeJobs(): void {
    if (this.isOutOfJobs) return;
    this.isOutOfJobs = true;
    this.wake("no more jobs");
    this.jobs.close();
  }

  connect(): void {
    this.connections++;
    const connection = new Connection(this.sim, this, `${this.name}/${this.connections}`);
    this.connection = connection;
    this.sim.broker.bind(connection);
    this.sim.broker.consume(connection);
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
    this.takeBack();
  }

  /** What the worker has not received is not its own any longer: it comes again, over the next connection. */
  private takeBack(): void {
    this.taken -= this.jobs.len;
    while (this.jobs.len > 0) this.jobs.tryRecv();
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
      for (const { area, revision } of this.sim.table.newest())
        this.cancels.trySend({ area, revision, consumerId: "the table" });
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

  /** A cancel has arrived. */
  hear(cancel: Cancel): void {
    this.report({ type: "cancel received", cancel });
    this.cancels.trySend(cancel);
  }

  /** A job has arrived, over a connection that may be gone by the time of the ack. */
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
    this.report({ type: connection.open ? "acked" : "ack dropped", command: delivery.message.command });
    connection.ack(delivery);
  }
}
