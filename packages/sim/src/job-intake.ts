/**
 * A process's jobs on their way from the broker to its worker, as `consume` of packages/amqp hands them on.
 *
 * Invariants:
 * 1. A job belongs to the consumer that brought it: an ack after that consumer is gone goes nowhere.
 * 2. What nobody has received goes back: with the consumer when it is lost, and one by one when the process stops taking jobs.
 */
import { type Chan, chan } from "@shirts/chan";
import type { Job } from "@shirts/story";
import type { Delivery } from "./broker.ts";
import type { Connection } from "./connection.ts";
import type { Process } from "./process.ts";

/** More than any story holds, so a push never waits. */
const ROOM = 4096;

/** A job, and the other ways to be rid of it. */
export interface TakenJob extends Job {
  giveBack(): void;
  deadLetter(reason: string): void;
}

export class JobIntake {
  readonly jobs: Chan<TakenJob> = chan(ROOM);
  /** True from the moment in which the process is told to end. */
  isStopping = false;
  private readonly process: Process;
  private isClosed = false;
  private taken = 0;
  private settled = 0;

  constructor(process: Process) {
    this.process = process;
  }

  /** How many jobs the worker took and never settled. */
  get unfinished(): number {
    return this.taken - this.jobs.len - this.settled;
  }

  /** A job has arrived, over a connection that may be gone by the time of the ack. */
  take(connection: Connection, delivery: Delivery): void {
    if (this.isStopping) {
      connection.giveBack(delivery);
      return;
    }
    const { redelivered, message } = delivery;
    const { command } = message;
    const consumer = connection.consumers;
    const isCurrent = () => connection.open && connection.consumers === consumer;
    this.process.report({ type: "delivered", command, redelivered });
    this.taken++;
    this.jobs.trySend({
      command,
      redelivered,
      ack: () => {
        if (!this.process.alive) return;
        delivery.acks++;
        if (delivery.acks > 1) return;
        this.settled++;
        this.process.report({ type: isCurrent() ? "acked" : "ack dropped", command });
        if (isCurrent()) connection.ack(delivery);
      },
      giveBack: () => {
        if (isCurrent()) connection.giveBack(delivery);
      },
      deadLetter: (reason) => {
        this.settled++;
        this.process.report({ type: "rejected", command, reason });
        if (isCurrent()) connection.deadLetter(delivery);
      },
    });
  }

  /** The consumer is gone. What the worker has not received is not its own any longer: it comes again. */
  lost(): void {
    this.giveBack();
    if (this.isStopping) this.close();
  }

  /** No more jobs: gives back what nobody has received, and closes the chan. */
  end(): void {
    this.giveBack();
    this.close();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.process.wake("no more jobs");
    this.jobs.close();
  }

  private giveBack(): void {
    while (this.jobs.len > 0) {
      this.taken--;
      this.jobs.tryRecv()?.[0]?.giveBack();
    }
  }
}
