/**
 * A process's cancels on their way out, as packages/amqp sends them: over an AMQP channel of their own, each one kept until
 * the broker has confirmed it.
 *
 * Invariants:
 * 1. Cancels reach the broker in the order in which they were sent.
 * 2. A cancel that is not confirmed when the connection is lost goes out again over the next one. So it arrives late, and
 *    twice when only its confirm was lost. It is given up after `CONFIRM_MS`.
 */
import type { Cancel } from "@shirts/story";
import type { Connection } from "./connection.ts";
import { DELAY_MS } from "./plan.ts";
import type { Process } from "./process.ts";
import type { Simulation } from "./simulation.ts";

/** How long a cancel may wait for its confirm, reconnects included: the default of packages/amqp. */
const CONFIRM_MS = 30_000;

interface OutgoingCancel {
  /** n1!2 is the second cancel of n1. */
  readonly id: string;
  readonly cancel: Cancel;
  readonly sentAt: number;
  /** How often it went out. */
  times: number;
  /** When the broker got it last, over the present connection. */
  arrivedAt: number | undefined;
}

export class OutgoingCancels {
  private readonly sim: Simulation;
  private readonly process: Process;
  /** Those that may be unconfirmed; it is looked at closely only when a connection is lost. */
  private pending: OutgoingCancel[] = [];
  private sent = 0;

  constructor(sim: Simulation, process: Process) {
    this.sim = sim;
    this.process = process;
  }

  /** Sends it now, or over the next connection when there is none. */
  send(cancel: Cancel): void {
    const { process, sim } = this;
    if (!process.connection && process.neverReconnects) {
      this.lose(cancel, "the sender has no connection");
      return;
    }
    this.sent++;
    const id = `${process.name}!${this.sent}`;
    const outgoing: OutgoingCancel = { id, cancel, sentAt: sim.now, times: 0, arrivedAt: undefined };
    this.pending.push(outgoing);
    if (process.connection) this.post(process.connection, outgoing);
  }

  /** The connection is gone, and with it every confirm that is still on its way. */
  cut(): void {
    this.pending = this.pending.filter((outgoing) => !this.isConfirmed(outgoing));
    for (const outgoing of this.pending) outgoing.arrivedAt = undefined;
  }

  /** There is a new connection. */
  sendAgain(connection: Connection): void {
    const isInTime = ({ sentAt }: OutgoingCancel) => this.sim.now - sentAt < CONFIRM_MS;
    for (const { cancel } of this.pending.filter((outgoing) => !isInTime(outgoing)))
      this.lose(cancel, `not confirmed within ${CONFIRM_MS} ms`);
    this.pending = this.pending.filter(isInTime);
    for (const outgoing of this.pending) this.post(connection, outgoing);
  }

  /** Those that wait for a connection, as text. */
  key(): string {
    return this.process.connection ? "" : this.pending.map(({ id }) => id).join();
  }

  private post(connection: Connection, outgoing: OutgoingCancel): void {
    const id = `${outgoing.id}${"'".repeat(outgoing.times)}`;
    outgoing.times++;
    connection.broadcast(outgoing.cancel, id, () => {
      outgoing.arrivedAt = this.sim.now;
    });
  }

  private isConfirmed({ id, arrivedAt }: OutgoingCancel): boolean {
    const { sim, process } = this;
    if (arrivedAt === undefined) return false;
    if (sim.mode.exploring) return true;
    return (
      arrivedAt + sim.delay(`confirm ${id}`, 1, sim.latencyMs) + (process.late ? DELAY_MS : 0) <= sim.now
    );
  }

  private lose(cancel: Cancel, reason: string): void {
    this.process.report({ type: "cancel lost", cancel, reason });
  }
}
